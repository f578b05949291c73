package io.cellferry.launch.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What stands within other things in a manifest is a row of its own on the page, not a piece of JSON.
class OriginRowsTest {

    @Test
    void whatHasManyRowsLeavesRoomForOthers() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("genes", Collections.nCopies(2_000, Map.of("gene", "A", "score", 1)));
        details.put("origin", "X");

        assertThat(OriginRows.of(details))
                .hasSize(14)
                .contains(List.of("genes", "and 3,988 more; the manifest has them all"))
                .endsWith(List.of("origin", "X"));
    }

    @Test
    void nestedThingsAreRowsNamedByAllTheyLieIn() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("job", "ome-zarr-pyramid");
        details.put("images", Map.of("R000.zarr", Map.of("DAPI", "a <b>.ome.tif")));
        details.put("notCarried", List.of(Map.of("where", "uns/x"), Map.of("where", "uns/y")));
        details.put("keys", List.of("a", "b", 3));
        details.put("cells", 700);
        details.put("leftOut", Map.of());
        details.put("none", List.of());
        details.put("nothing", null);

        assertThat(OriginRows.of(details))
                .containsExactly(
                        List.of("images / R000.zarr / DAPI", "a <b>.ome.tif"),
                        List.of("notCarried / 1 / where", "uns/x"),
                        List.of("notCarried / 2 / where", "uns/y"),
                        List.of("keys", "a, b, 3"),
                        List.of("cells", "700"),
                        List.of("leftOut", "none"),
                        List.of("none", "none"),
                        List.of("nothing", "none"));
    }
}
