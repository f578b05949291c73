package io.cellferry.dataset.elements;

import io.cellferry.dataset.NumberType;
import io.cellferry.dataset.tree.ElementType;
import java.util.Optional;

/// Which stored types are numbers or flags.
final class NumberTypes {

    private NumberTypes() {}

    /// Empty for texts, records and whatever else is no number.
    static Optional<NumberType> of(ElementType type) {
        return switch (type) {
            case ElementType.Flag flag -> Optional.of(NumberType.BOOL);
            case ElementType.Whole whole ->
                Optional.of(
                        NumberType.valueOf(whole.signed() ? "INT" + 8 * whole.bytes() : "UINT" + 8 * whole.bytes()));
            case ElementType.Real real -> Optional.of(NumberType.valueOf("FLOAT" + 8 * real.bytes()));
            case ElementType.Text text -> Optional.empty();
            case ElementType.Enumeration named -> Optional.empty();
            case ElementType.Compound row -> Optional.empty();
            case ElementType.SubArray inner -> Optional.empty();
            case ElementType.Reference reference -> Optional.empty();
            case ElementType.Other other -> Optional.empty();
        };
    }
}
