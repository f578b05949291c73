package io.cellferry.launch.http.exports;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Paths of requests are names, or nothing.
class RequestPathTest {

    @Test
    void namesAreDecodedOnce() {
        assertThat(RequestPath.names("/exports/a%20b/%CE%B1/.zattrs").orElseThrow())
                .containsExactly("exports", "a b", "α", ".zattrs");
        assertThat(RequestPath.names("/a%252e").orElseThrow()).containsExactly("a%2e");
        assertThat(RequestPath.names("/a/").orElseThrow()).containsExactly("a", "");
        assertThat(RequestPath.names("/a...b/..c/d..").orElseThrow()).containsExactly("a...b", "..c", "d..");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "a", "//a", "/a//b", "/a/..", "/a/../b", "/a/%2e%2e/b", "/a/.%2E/b", "/a/./b", "/a%2fb", "/a\\b",
                "/a%5cb", "/a%00", "/a%0ab", "/a%7f", "/a;b", "/a%", "/a%2", "/a%zz", "/a%ff", "/a%c0%ae", "/é"
            })
    void whatCouldMeanAnythingElseIsNoPath(String path) {
        assertThat(RequestPath.names(path)).isEmpty();
    }

    @Test
    void lengthsAreBounded() {
        assertThat(RequestPath.names("/" + "a".repeat(240))).isPresent();
        assertThat(RequestPath.names("/" + "a".repeat(241))).isEmpty();
        assertThat(RequestPath.names("/a".repeat(3000))).isEmpty();
    }
}
