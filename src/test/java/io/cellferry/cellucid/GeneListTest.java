package io.cellferry.cellucid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.dataset.GeneNames;
import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Refusal;
import io.cellferry.failure.RequestRefused;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Every exported gene has one name, one place in the matrix and one file, or the export is refused.
class GeneListTest {

    @Test
    void allGenesComeInMatrixOrder() {
        GeneList genes = choose(Contract.V0_9_1, List.of("B", "A", "C"));

        assertThat(genes.genes()).extracting(GeneList.Gene::name).containsExactly("B", "A", "C");
        assertThat(genes.genes()).extracting(GeneList.Gene::stem).containsExactly("0", "1", "2");
        assertThat(genes.placesInMatrix()).containsExactly(0, 1, 2);
    }

    @Test
    void wantedGenesComeInTheOrderTheyAreNamed() {
        GeneList genes = choose(Contract.V0_9_1, List.of("B", "A", "C"), "C", "B");

        assertThat(genes.placesInMatrix()).containsExactly(2, 0);
        assertThat(genes.genes()).extracting(GeneList.Gene::stem).containsExactly("0", "1");
        assertThat(genes.matrixGenes()).isEqualTo(3);
    }

    @Test
    void aNameThatRepeatsOutsideTheWantedGenesIsRefusedToo() {
        assertThatThrownBy(() -> choose(Contract.V0_9_1, List.of("A", "B", "B", "B", "C", "C"), "A"))
                .isInstanceOfSatisfying(InputRefused.class, refused -> {
                    assertThat(refused).hasMessage("var/index: expected every gene name once, but 2 repeat (B, C).");
                    assertThat(refused.remedy()).contains("--on-duplicate-genes suffix");
                });
    }

    @Test
    void suffixesNeverMeetNamesThatExist() {
        GeneNames names = new GeneNames(List.of("A", "A", "A-1", "A", "A-1"), Optional.of("symbol"));

        GeneList genes = GeneList.choose(Contract.V0_9_1, names, Optional.empty(), DuplicatePolicy.SUFFIX);

        assertThat(genes.genes()).extracting(GeneList.Gene::name).containsExactly("A", "A-2", "A-1", "A-3", "A-1-1");
    }

    @Test
    void unknownGenesAreRefusedWithTheNearestName() {
        assertThatThrownBy(() -> choose(Contract.V0_9_1, List.of("ACTB", "GAPDH"), "ACTBB", "qqqqqqqq"))
                .isInstanceOf(RequestRefused.class)
                .hasMessage("--genes: the matrix has no gene \"ACTBB\" (did you mean \"ACTB\"?), \"qqqqqqqq\".");
        assertThatThrownBy(() -> choose(Contract.V0_9_1, List.of("ACTB", "GAPDH"), "gapdh"))
                .hasMessageContaining("did you mean \"GAPDH\"?");
    }

    @Test
    void aGeneNamedTwiceIsRefused() {
        assertThatThrownBy(() -> choose(Contract.V0_9_1, List.of("A", "B"), "A", "A"))
                .isInstanceOf(RequestRefused.class)
                .hasMessage("--genes: the gene \"A\" is named twice.");
    }

    @Test
    void onlyExportedNamesHaveToBeShowable() {
        List<String> names = List.of("A", "new\nline", "zero\u200bwidth", " x", "\ud800");

        assertThat(choose(Contract.V0_9_1, names, "A").genes()).hasSize(1);
        assertThatThrownBy(() -> choose(Contract.V0_9_1, names))
                .isInstanceOf(InputRefused.class)
                .hasMessageContaining("but 4 cannot")
                .hasMessageContaining("holds the invisible character U+200B")
                .hasMessageContaining("\" x\" begins or ends with a space");
    }

    @Test
    void namesThatShareAFileAreRefusedInTheOldContractOnly() {
        List<String> names = List.of("HLA/A", "HLA A");

        assertThat(choose(Contract.V0_9_1, names).genes()).hasSize(2);
        assertThatThrownBy(() -> choose(Contract.V0_9_0, names)).isInstanceOfSatisfying(InputRefused.class, refused -> {
            assertThat(refused).hasMessageContaining("would share the file name \"HLA_A\"");
            assertThat(refused.remedy()).contains("--contract 0.9.1");
        });
    }

    @Test
    void namesTooLongForAFileAreRefusedInTheOldContractOnly() {
        List<String> names = List.of("x".repeat(300));

        assertThat(choose(Contract.V0_9_1, names).genes()).hasSize(1);
        assertThatThrownBy(() -> choose(Contract.V0_9_0, names))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("most file systems take 255");
    }

    private static GeneList choose(Contract contract, List<String> names, String... wanted) {
        return GeneList.choose(
                contract,
                new GeneNames(names, Optional.empty()),
                wanted.length == 0 ? Optional.empty() : Optional.of(List.of(wanted)),
                DuplicatePolicy.REFUSE);
    }
}
