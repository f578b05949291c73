package io.cellferry.restart;

import io.cellferry.launch.DurabilityProbe;
import java.nio.file.Path;

/// A process of its own that commits one row to an embedded job repository, says so at once, and stands still to be
/// killed.
final class CommittingChild {

    private CommittingChild() {}

    public static void main(String[] arguments) {
        DurabilityProbe.commit(Path.of(arguments[0]));
        ExportChild.standStill();
    }
}
