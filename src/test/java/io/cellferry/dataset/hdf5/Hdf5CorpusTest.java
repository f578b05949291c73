package io.cellferry.dataset.hdf5;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Files that other software wrote, and files made for one feature each, hold what h5py reads in them, or are refused
/// for a reason listed here.
class Hdf5CorpusTest {

    private static final Path FOREIGN = Path.of("src/test/resources/corpus/hdf5-core");
    private static final Path FEATURES = Path.of("src/test/resources/hdf5");

    /// PureHDF stored the numbers 0 to 999 in every one of these files. h5py reads them in the lzf file but lacks the
    /// other filters, so the listing has their digest there.
    private static final String ZERO_TO_999 = "num\t1000 daddb9bc";

    @Test
    void foreignFilesHoldWhatTheReferenceReaderReads() throws IOException {
        ExpectedListing listing = ExpectedListing.of(FOREIGN, FOREIGN.resolve("h5py-listing.tsv"));
        Map<String, String> exceptions = new HashMap<>(Map.of(
                "h5wasm_compressed.h5 /scaleoffset", "refused scale-offset (number 6)",
                "h5wasm_compressed.h5 /szip", "refused szip (number 4)",
                "purehdf_scaleoffset.h5 ", "refused scale-offset (number 6)",
                "jhdf_external_link.hdf5 ", "refused another file",
                "h5wasm_array.h5 /datatype/value", "refused named data type",
                "purehdf_b", ZERO_TO_999));

        assertThat(listing.differences(Listing.RANGE, exceptions)).isEmpty();
        assertThat(listing.count()).isEqualTo(242);
    }

    @Test
    void everyFeatureReadsAsTheReferenceReaderReadsIt() throws IOException {
        ExpectedListing listing = features();

        assertThat(listing.differences(Listing.RANGE, featureExceptions())).isEmpty();
        assertThat(listing.count()).isEqualTo(345);
    }

    @Test
    void sizeOfTheRangesDoesNotChangeTheResult() throws IOException {
        ExpectedListing listing = features();
        listing.lines().remove("giant.h5");
        listing.lines().remove("lines.h5");

        assertThat(listing.differences(23, featureExceptions())).isEmpty();
    }

    private static ExpectedListing features() throws IOException {
        return ExpectedListing.of(FEATURES.resolve("sound"), FEATURES.resolve("h5py-listing.tsv"));
    }

    private static Map<String, String> featureExceptions() {
        return Map.of(
                "unreadable.h5 /virtual", "refused virtual data set",
                "unreadable.h5 /external", "refused other files",
                "unreadable.h5 /negative_enumeration", "refused class 8",
                "unreadable.h5 /bfloat16", "refused exponent of 8 and mantissa of 7",
                "unreadable.h5 /opaque", "refused class 5",
                "links.h5 /a", "refused in a circle",
                "links.h5 /self", "refused in a circle",
                "links.h5 /g/dangling", "refused leads nowhere",
                "links.h5 /outside", "refused another file (/etc/passwd",
                "types.h5 /named", "refused named data type");
    }
}
