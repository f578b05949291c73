package io.cellferry.launch.schedule;

import io.cellferry.failure.Refusal;
import io.cellferry.launch.DataRoots;
import io.cellferry.launch.FailureCode;
import java.nio.file.Path;

/// Why a job file, or the time or arrival it waits for, comes to nothing. `code` is a stable word ([FailureCode]).
///
/// The texts are for people who do not know the machine's folders: paths are relative to the folder of job files, or
/// said as `root:path`.
public record JobFileProblem(String code, String detail, String remedy) {

    static JobFileProblem of(Refusal refusal, Path jobFiles, DataRoots roots) {
        return new JobFileProblem(
                FailureCode.of(refusal),
                said(String.valueOf(refusal.getMessage()), jobFiles, roots),
                said(refusal.remedy(), jobFiles, roots));
    }

    private static String said(String text, Path jobFiles, DataRoots roots) {
        return roots.withoutFolders(text.replace(jobFiles + "/", ""));
    }

    /// In one text, as the ledger keeps it.
    String text() {
        return "%s: %s To do: %s".formatted(code, detail, remedy);
    }
}
