package io.cellferry.celldive;

import io.cellferry.failure.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Problems of single files, in the order of the files. What one program does wrong it does wrong in every file:
/// remarks that files share are told once, with the first file's name and how many more there are. Refusals name each
/// file.
final class FileProblems {

    /// The files of each problem, whose `where` is that within a file.
    private final Map<Problem, List<String>> files = new LinkedHashMap<>();

    /// `problems` of `file`, whose `where` begins with its name.
    void add(String file, List<Problem> problems) {
        for (Problem problem : problems) {
            String place = problem.where().startsWith(file)
                    ? problem.where().substring(file.length())
                    : ": " + problem.where();
            files.computeIfAbsent(at(place, problem), key -> new ArrayList<>()).add(file);
        }
    }

    List<Problem> all() {
        List<Problem> all = new ArrayList<>();
        files.forEach((problem, names) -> {
            if (problem.refuses()) {
                names.forEach(name -> all.add(at(name + problem.where(), problem)));
            } else {
                all.add(at(Statements.filesInWords(names) + problem.where(), problem));
            }
        });
        return all;
    }

    private static Problem at(String where, Problem problem) {
        return new Problem(problem.severity(), problem.code(), where, problem.found(), problem.remedy());
    }
}
