package io.cellferry.cellucid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cellferry.failure.InputRefused;
import org.junit.jupiter.api.Test;

/// Whoever is told what to do about numbers that no float can carry is not sent into the next refusal.
class NarrowingCountTest {

    private static final double TOO_LARGE = 1e39;
    private static final double TOO_SMALL = 1e-50;

    @Test
    void markingIsAdvisedWhereItHelps() {
        assertRemedy("mark", Contract.V0_9_1, MissingPolicy.REFUSE, 1, Double.NaN);
        assertRemedy("mark", Contract.V0_9_0, MissingPolicy.REFUSE, Double.NaN, Double.POSITIVE_INFINITY);
        assertRemedy("replace", Contract.V0_9_1, MissingPolicy.REFUSE, Double.POSITIVE_INFINITY);
        assertRemedy("replace", Contract.V0_9_1, MissingPolicy.REFUSE, Double.NaN, TOO_LARGE);
        assertRemedy("replace", Contract.V0_9_1, MissingPolicy.REFUSE, TOO_SMALL);
        assertRemedy("replace", Contract.V0_9_1, MissingPolicy.MARK, Double.NaN, TOO_LARGE);
        assertRemedy("replace", Contract.V0_9_0, MissingPolicy.MARK, TOO_LARGE);
    }

    @Test
    void whatIsMarkedIsNotRefused() {
        assertThatCode(() -> require(Contract.V0_9_1, MissingPolicy.MARK, Double.NaN))
                .doesNotThrowAnyException();
        assertThatCode(() -> require(Contract.V0_9_0, MissingPolicy.MARK, Double.NEGATIVE_INFINITY, TOO_SMALL))
                .doesNotThrowAnyException();
    }

    private static void assertRemedy(String remedy, Contract contract, MissingPolicy policy, double... values) {
        assertThatThrownBy(() -> require(contract, policy, values))
                .isInstanceOfSatisfying(InputRefused.class, refusal -> assertThat(refusal.remedy())
                        .isEqualTo(remedy));
    }

    private static void require(Contract contract, MissingPolicy policy, double... values) {
        NarrowingCount count = new NarrowingCount(contract, "obs/here");
        for (int cell = 0; cell < values.length; cell++) {
            count.look(cell, values[cell], (float) values[cell]);
        }
        count.require(policy, "mark", "replace");
    }
}
