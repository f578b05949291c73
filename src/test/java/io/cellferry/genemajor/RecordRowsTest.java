package io.cellferry.genemajor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.dataset.Element;
import io.cellferry.dataset.TextArray;
import io.cellferry.failure.InputRefused;
import io.cellferry.zarr.ArrayLayout;
import io.cellferry.zarr.ChunkFileWriter;
import io.cellferry.zarr.Compression;
import io.cellferry.zarr.RowField;
import io.cellferry.zarr.ZarrVersion;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Rows have the length that the plan gave them, in characters, whatever their texts have become since.
class RecordRowsTest {

    @Test
    void theRoomForTextsIsCountedInBytesAndOneAtLeast() {
        assertThat(room("ab", "größer")).isEqualTo(8);
        assertThat(room("", "")).isEqualTo(1);
        assertThat(room()).isEqualTo(1);
    }

    @Test
    void aTextThatHasGrownSinceThePlanIsRefusedWithItsCharacters() {
        Element.Records grown = records("a", "🧬🧬🧬");
        List<RowField> fields = RecordRows.fields("uns/table", records("a", "b"), RowSizes.measured());
        ArrayLayout layout = ArrayLayout.ofRows(ZarrVersion.TWO, fields, List.of(2L), List.of(2), Compression.NONE);

        try (ChunkFileWriter writer = new ChunkFileWriter(layout)) {
            assertThatThrownBy(() -> new RecordRows("uns/table", grown, layout).write(0, 2, writer))
                    .isInstanceOf(InputRefused.class)
                    // Three characters, which Java counts as six.
                    .hasMessage("uns/table: field \"word\" should hold at most 1 characters, as when the run was"
                            + " planned, but now holds 3.");
        }
    }

    private static int room(String... texts) {
        return RecordRows.fields("uns/table", records(texts), RowSizes.measured())
                .getFirst()
                .characters();
    }

    private static Element.Records records(String... texts) {
        return new Element.Records(
                new long[] {texts.length},
                List.of(new Element.Field("word", new Element.Texts(new Fixed(List.of(texts))), List.of(), 0)));
    }

    private record Fixed(List<String> texts) implements TextArray {
        @Override
        public long[] shape() {
            return new long[] {texts.size()};
        }

        @Override
        public List<String> read(long from, int count) {
            return texts.subList((int) from, (int) from + count);
        }
    }
}
