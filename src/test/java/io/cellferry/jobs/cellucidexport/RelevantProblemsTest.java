package io.cellferry.jobs.cellucidexport;

import static org.assertj.core.api.Assertions.assertThat;

import io.cellferry.dataset.Catalogue;
import io.cellferry.failure.Problem;
import io.cellferry.jobs.planning.RelevantProblems;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What is wrong with a part that is not exported refuses nothing; everything else counts as it is.
class RelevantProblemsTest {

    @Test
    void aRefusalOfAPartThatIsNotExportedIsANote() {
        assertThat(severity("layers/counts", Set.of("X"))).isEqualTo(Problem.Severity.NOTE);
        assertThat(severity("obs/batch", Set.of("obs/kind"))).isEqualTo(Problem.Severity.NOTE);
    }

    @Test
    void aRefusalOfAnExportedPartOrOfSomethingInItStays() {
        assertThat(severity("X", Set.of("X"))).isEqualTo(Problem.Severity.REFUSAL);
        assertThat(severity("X/indptr", Set.of("X"))).isEqualTo(Problem.Severity.REFUSAL);
        assertThat(severity("obs/kind/codes", Set.of("obs/kind"))).isEqualTo(Problem.Severity.REFUSAL);
    }

    @Test
    void aNameThatBeginsAlikeIsAnotherPart() {
        assertThat(severity("obs/kind2", Set.of("obs/kind"))).isEqualTo(Problem.Severity.NOTE);
    }

    @Test
    void aRefusalOfTheWholeFileStays() {
        assertThat(severity("/data/in.h5ad", Set.of("X"))).isEqualTo(Problem.Severity.REFUSAL);
        assertThat(severity("obs", Set.of("X"))).isEqualTo(Problem.Severity.REFUSAL);
    }

    private static Problem.Severity severity(String where, Set<String> used) {
        Problem problem = Problem.refusal("input.broken", where, "found.", "mend it");
        Catalogue catalogue = Catalogues.with(List.of(), List.of(problem));
        return RelevantProblems.of(catalogue, used).getFirst().severity();
    }
}
