package io.cellferry.jobs.genemajorstore;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.failure.RequestRefused;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Where upper and lower case are one, two members that would be one file are refused before any work.
class InspectStepTest {

    private static final Path OUTPUT = Path.of("/media/disk/store.zarr");

    @Test
    void twoNamesForOneFileAreRefusedWithBoth() {
        assertThatThrownBy(() ->
                        InspectStep.refuseTwins(Stream.of("obs", "obs/Batch", "obs/n_genes", "obs/batch"), OUTPUT))
                .isInstanceOf(RequestRefused.class)
                .hasMessage("/media/disk/store.zarr: expected a file system on which obs/Batch and obs/batch are two"
                        + " names, found one that does not tell upper from lower case.");
        // The same letter, composed and not.
        assertThatThrownBy(() -> InspectStep.refuseTwins(Stream.of("obs/\u00e9tat", "obs/E\u0301tat"), OUTPUT))
                .isInstanceOf(RequestRefused.class);
    }

    @Test
    void namesThatDifferOtherwiseAreNot() {
        assertThatCode(() -> InspectStep.refuseTwins(Stream.of("obs", "var", "obs/Batch", "var/batch"), OUTPUT))
                .doesNotThrowAnyException();
    }
}
