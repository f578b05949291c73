package io.cellferry.cellucid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.failure.RequestRefused;
import io.cellferry.storage.PlainUnit;
import io.cellferry.storage.StagedFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The catalogue of a folder of exports, to the letter.
class DatasetCatalogueTest {

    private static final List<DatasetCatalogue.Entry> ENTRIES = List.of(
            new DatasetCatalogue.Entry("zebra", "z", "Zebra", "", 5, 0),
            new DatasetCatalogue.Entry("ant", "a", "Ant α", "small", 7, 3));

    @TempDir
    private Path folder;

    @Test
    void exportsAreListedByFolder() {
        try (StagedFile file = new PlainUnit(folder, folder).output(DatasetCatalogue.FILE)) {
            DatasetCatalogue.write(Contract.V0_9_1, ENTRIES, "z", file);
        }

        assertThat(folder.resolve("datasets.json")).hasContent("""
                        {
                          "version": 1,
                          "default": "z",
                          "datasets": [
                            {
                              "id": "a",
                              "path": "ant/",
                              "name": "Ant \\u03b1",
                              "description": "small",
                              "n_cells": 7,
                              "n_genes": 3
                            },
                            {
                              "id": "z",
                              "path": "zebra/",
                              "name": "Zebra",
                              "description": "",
                              "n_cells": 5,
                              "n_genes": 0
                            }
                          ]
                        }""".stripTrailing());
    }

    @Test
    void theDefaultHasToBeThere() {
        assertThatThrownBy(() -> DatasetCatalogue.json(Contract.V0_9_1, ENTRIES, "b"))
                .isInstanceOf(RequestRefused.class)
                .hasMessage("datasets.json: the default \"b\" is none of the exports [a, z].");
    }

    @Test
    void anIdHasToBeUnique() {
        List<DatasetCatalogue.Entry> twice =
                List.of(ENTRIES.get(0), new DatasetCatalogue.Entry("other", "z", "Other", "", 1, 1));

        assertThatThrownBy(() -> DatasetCatalogue.json(Contract.V0_9_1, twice, "z"))
                .isInstanceOf(RequestRefused.class)
                .hasMessageContaining("two exports have the id \"z\"");
    }

    @Test
    void theOldContractHasNoDescriptions() {
        assertThat(DatasetCatalogue.json(Contract.V0_9_0, ENTRIES, "z").toString())
                .doesNotContain("description");
    }
}
