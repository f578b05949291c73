package io.cellferry.cellucid;

/// The type of a cell's number in the edge files: the smallest that fits. At exactly 65,536 cells the contracts differ.
enum EdgeIndex {
    UINT16("uint16", 2),
    UINT32("uint32", 4);

    private final String type;
    private final int bytes;

    EdgeIndex(String type, int bytes) {
        this.type = type;
        this.bytes = bytes;
    }

    static EdgeIndex of(Contract contract, int cells) {
        int most =
                switch (contract) {
                    case V0_9_1 -> 65_536;
                    case V0_9_0 -> 65_535;
                };
        return cells <= most ? UINT16 : UINT32;
    }

    String type() {
        return type;
    }

    int bytes() {
        return bytes;
    }
}
