package io.cellferry.cellucid;

import io.cellferry.failure.InputRefused;

/// What the request says about the type of category codes.
///
/// Contract 0.9.1 wants one type for all fields, so `AUTO` looks at the field with most labels; 0.9.0 chooses per
/// field, and keeps one label less in a byte.
public enum ObsCodes {
    AUTO("auto"),
    UINT8("uint8"),
    UINT16("uint16");

    private final String word;

    ObsCodes(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }

    /// The type of a field with `labels` labels in a data set whose richest field has `mostLabels`.
    CodeType resolve(Contract contract, String field, int labels, int mostLabels) {
        int inOneByte = inOneByte(contract);
        CodeType type =
                switch (this) {
                    case AUTO ->
                        (contract == Contract.V0_9_1 ? mostLabels : labels) <= inOneByte
                                ? CodeType.UINT8
                                : CodeType.UINT16;
                    case UINT8 -> CodeType.UINT8;
                    case UINT16 -> CodeType.UINT16;
                };
        int most = type == CodeType.UINT8 ? inOneByte : CodeType.UINT16.missing();
        if (labels > most) {
            throw new InputRefused(
                    "obs/%s: %s codes hold at most %,d labels, but the field has %,d."
                            .formatted(field, type.type(), most, labels),
                    type == CodeType.UINT8
                            ? "Use --obs-codes uint16, or leave the field out with --obs-keys."
                            : "Leave the field out with --obs-keys, or merge rare labels.");
        }
        return type;
    }

    static int inOneByte(Contract contract) {
        return contract == Contract.V0_9_1 ? 255 : 254;
    }
}
