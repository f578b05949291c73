package io.cellferry.genemajor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A name that the output cannot take is found before anything is written.
class MemberNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "a//b", "/a", ".", "a/../b", ".zattrs", "zarr.json", "a\nb", "a\u0000b", "a\\b"})
    void namesThatNoFileCanHaveAreUnfit(String name) {
        assertThat(MemberName.unfit(name)).isPresent();
    }

    @Test
    void aNameIsAsLongAsThatOfAFile() {
        assertThat(MemberName.unfit("n".repeat(255))).isEmpty();
        assertThat(MemberName.unfit("ü".repeat(128))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"T cells", "nCount/RNA", "..x", "0", "名", " ", "a:b", "x.part"})
    void oddNamesThatFilesMayHaveAreFit(String name) {
        assertThat(MemberName.unfit(name)).isEmpty();
    }
}
