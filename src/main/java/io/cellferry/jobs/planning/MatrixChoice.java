package io.cellferry.jobs.planning;

import io.cellferry.dataset.Catalogue;
import io.cellferry.dataset.MatrixInfo;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Refusal;
import io.cellferry.failure.RequestRefused;
import io.cellferry.jobs.NearestWord;
import java.util.List;

/// The matrix that `--matrix` names.
public final class MatrixChoice {

    private MatrixChoice() {}

    /// The matrix at `path`, or a refusal that names those there are; `useless` says what an input without any is not
    /// good for.
    public static MatrixInfo of(Catalogue catalogue, String path, String useless) {
        return of(catalogue, "--matrix", path, useless);
    }

    /// The same for the matrix that the option `flag` names.
    public static MatrixInfo of(Catalogue catalogue, String flag, String path, String useless) {
        return catalogue.matrix(path).orElseThrow(() -> refusal(catalogue, flag, path, useless));
    }

    /// Another request helps where there is another matrix; where there is none, only another input does.
    private static Refusal refusal(Catalogue catalogue, String flag, String path, String useless) {
        List<String> known = catalogue.matrices().stream().map(MatrixInfo::path).toList();
        if (known.isEmpty()) {
            return new InputRefused("expected a matrix, found none that can be read.", useless);
        }
        return new RequestRefused(
                "%s: there is no matrix %s that can be read; there are: %s."
                        .formatted(flag, path, String.join(", ", known)),
                "Name one of them; the nearest is %s.".formatted(NearestWord.to(path, known)));
    }
}
