package io.cellferry.page;

/// Colours that are told apart on white and on black alike.
public final class Colours {

    /// Groups that have a colour of their own.
    public static final int GROUPS = 30;

    /// For what belongs to no group.
    public static final int NONE = 0x8c95a3;

    /// For a picture of one colour.
    public static final int PLAIN = 0x3186e9;

    /// Three rings of ten hues in OKLCH (lightness 0.62, 0.74, 0.52), neighbours far apart.
    private static final int[] RINGS = {
        0x3186e9, 0xd55c13, 0x03a14a, 0xd9525a, 0xa564d1, 0xa38207, 0x03999f, 0xcd5394, 0x7c9209, 0x7575e9,
        0x90a4fd, 0xe4974b, 0x40c59b, 0xf08c6d, 0xd78cd4, 0xb3b144, 0x16bee1, 0xef869b, 0x81be6b, 0xb598f2,
        0x3e64b9, 0xa05001, 0x107c50, 0xab4237, 0x8a4a9b, 0x786909, 0x147683, 0xa53f67, 0x507707, 0x6857b3
    };

    private Colours() {}

    /// The colour of a group, `0xrrggbb`.
    public static int of(int group) {
        return RINGS[group];
    }
}
