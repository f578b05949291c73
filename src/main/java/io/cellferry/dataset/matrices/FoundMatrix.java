package io.cellferry.dataset.matrices;

import io.cellferry.dataset.MatrixInfo;
import io.cellferry.failure.Problem;
import java.util.List;
import java.util.Optional;

/// A matrix the file has at `path`, with everything that keeps it from being read. Without obstacles `matrix` is
/// present; with obstacles it may still be, so that it can be listed.
public record FoundMatrix(String path, Optional<StoredMatrix> matrix, List<Problem> obstacles) {
    public FoundMatrix {
        obstacles = List.copyOf(obstacles);
        if (obstacles.isEmpty() && matrix.isEmpty()) {
            throw new IllegalArgumentException(path + " is neither readable nor is it said why");
        }
    }

    public Optional<MatrixInfo> info() {
        return matrix.map(StoredMatrix::info);
    }
}
