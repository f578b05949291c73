package io.cellferry.jobs.omezarrpyramid;

import io.cellferry.failure.InputRefused;
import io.cellferry.image.Plane;
import io.cellferry.storage.InputFingerprint;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Tells whether the scans of a region are still what they were when it was planned.
///
/// Each partition opens them anew, so a file that is replaced meanwhile would be read partly as one picture and partly
/// as another. Files beside them may come and go.
final class ScanFiles {

    private static final String REMEDY =
            "When nothing writes to the scans any more, run the same command with --replace, or into another output.";

    private ScanFiles() {}

    /// What the files of `channels` in `folder` are like now.
    static InputFingerprint state(Path folder, List<PyramidPlan.Channel> channels) {
        return InputFingerprint.of(
                folder, channels.stream().map(PyramidPlan.Channel::file).toList());
    }

    /// How the files of `region` differ from what was planned; empty if they do not.
    static Optional<InputRefused> change(Path folder, PyramidPlan.Region region) {
        List<String> differences = region.scans().differences(state(folder, region.channels()));
        return differences.isEmpty()
                ? Optional.empty()
                : Optional.of(InputRefused.ofAnotherState(
                        "%s: the scans of region %s changed while they were read: %s."
                                .formatted(folder, region.id(), String.join("; ", differences)),
                        REMEDY));
    }

    /// Refuses a plane that does not fit into the image of `region`.
    static void requirePlanned(Path file, Plane plane, PyramidPlan.Region region) {
        if (plane.width() != region.layout().width()
                || plane.height() != region.layout().height()
                || plane.type() != region.layout().type()) {
            throw InputRefused.ofAnotherState(
                    "%s: expected %,d x %,d pixels of %s as before, found %,d x %,d of %s: it changed meanwhile."
                            .formatted(
                                    file,
                                    region.layout().width(),
                                    region.layout().height(),
                                    region.layout().type().word(),
                                    plane.width(),
                                    plane.height(),
                                    plane.type().word()),
                    REMEDY);
        }
    }
}
