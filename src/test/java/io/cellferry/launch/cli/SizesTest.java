package io.cellferry.launch.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.failure.RequestRefused;
import io.cellferry.jobs.FactSheet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Sizes and tables as people write and read them.
class SizesTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "512, 512",
        "512b, 512",
        "1k, 1024",
        "1KB, 1024",
        "1 KiB, 1024",
        "800MB, 838860800",
        "2g, 2147483648",
        "' 2GiB ', 2147483648",
        "1TB, 1099511627776"
    })
    void unitsArePowersOf1024(String text, long bytes) {
        assertThat(Sizes.parse("--memory", text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "GB", "-1GB", "1.5GB", "1PB", "1G B", "5ib", "0x10", "8388608TB", "99999999999999999999"})
    void anythingElseIsRefusedByTheNameOfItsOption(String text) {
        assertThatThrownBy(() -> Sizes.parse("--memory", text))
                .isInstanceOf(RequestRefused.class)
                .hasMessageContaining("--memory")
                .hasMessageContaining(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1023, 1023 B",
        "1024, 1.0 kB",
        "10188, 9.9 kB",
        "10239, 10 kB",
        "10240, 10 kB",
        "1048575, 1.0 MB",
        "1048576, 1.0 MB",
        "2147483648, 2.0 GB",
        "9223372036854775807, 8388608 TB"
    })
    void sizesAreToldWithTwoDigitsAtLeast(long bytes, String text) {
        assertThat(Sizes.text(bytes)).isEqualTo(text);
    }

    @Test
    void numbersAreAlignedToTheRightAndWordsToTheLeft() {
        FactSheet.Table table = new FactSheet.Table(
                "",
                List.of("path", "cells", "size"),
                List.of(List.of("X", "1,234", "9 kB"), List.of("raw/X", "5", "10 MB")));

        assertThat(TextTable.lines(table))
                .containsExactly("path   cells   size", "X      1,234   9 kB", "raw/X      5  10 MB");
    }

    @Test
    void aTableWithoutRowsHasItsHead() {
        assertThat(TextTable.lines(new FactSheet.Table("", List.of("run", "state"), List.of())))
                .containsExactly("run  state");
    }
}
