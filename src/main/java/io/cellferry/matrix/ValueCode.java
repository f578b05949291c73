package io.cellferry.matrix;

/// What stands for a stored value while its block is sorted: an int that tells where the bits are.
///
/// | code | the value |
/// |---|---|
/// | 0 or more | is this whole count ([WholeCounts]) |
/// | -1 to -127 | stands at this place, from 1 on, in the dictionary of its row ([RowDictionaries]) |
/// | less | lies in the block, at the index in the lower 31 bits |
final class ValueCode {

    /// Values that fit a block: the codes of the last 128 places belong to dictionaries.
    static final int MOST_STORED_VALUES = Integer.MAX_VALUE - 128;

    private ValueCode() {}

    static boolean isCount(int code) {
        return code >= 0;
    }

    /// The code of the value at `index` of the block.
    static int inBlock(int index) {
        return Integer.MIN_VALUE | index;
    }

    /// Where the value of a code that is neither count nor place lies in the block.
    static int index(int code) {
        return code & Integer.MAX_VALUE;
    }

    /// The code of the value at `place` of the row's dictionary.
    static int inDictionary(int place) {
        return -place;
    }

    /// The place in the row's dictionary, 0 for every other code.
    static int place(int code) {
        return code < 0 && code >= -RowDictionaries.MOST_IN_ROW ? -code : 0;
    }
}
