package io.cellferry.launch.http.exports;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a `Range` header asks of a file of 10 bytes.
class ByteRangeTest {

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 1",
        "bytes=2-5, 2, 6",
        "bytes=2-, 2, 10",
        "bytes=2-99, 2, 10",
        "bytes=2-99999999999999999999999, 2, 10",
        "bytes=-4, 6, 10",
        "bytes=-99, 0, 10",
        "Bytes= 3-4, 3, 5"
    })
    void oneRangeIsUnderstood(String header, long from, long to) {
        assertThat(ByteRange.of(header, 10)).contains(new ByteRange(from, to));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=10-", "bytes=10-20", "bytes=-0", "bytes=99999999999999999999-"})
    void whatTheFileDoesNotHaveIsEmpty(String header) {
        assertThat(ByteRange.of(header, 10).orElseThrow().bytes()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"bytes=5-2", "bytes=-", "bytes=a-b", "items=0-1", "bytes=0-1,3-4", "bytes 0-1", "bytes=0-1-2", ""
            })
    void everythingElseIsIgnored(String header) {
        assertThat(ByteRange.of(header, 10)).isEmpty();
    }

    @Test
    void anEmptyFileHasNoRanges() {
        assertThat(ByteRange.of("bytes=0-", 0).orElseThrow().bytes()).isZero();
        assertThat(ByteRange.of("bytes=-1", 0).orElseThrow().bytes()).isZero();
    }
}
