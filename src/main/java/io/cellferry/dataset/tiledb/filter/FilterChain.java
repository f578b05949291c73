package io.cellferry.dataset.tiledb.filter;

import io.cellferry.codec.Malformed;
import io.cellferry.dataset.tiledb.filter.StoredFilter.Packing;
import java.util.ArrayList;
import java.util.List;

/// The filters that made the stored bytes of a tile, in the order they were applied; reading undoes them backwards.
///
/// Stored as: largest chunk (4 bytes), number of filters (4), then for each its number (1), the size of its options
/// (4) and the options. Filters that lose or encrypt data are refused by name.
public record FilterChain(List<StoredFilter> filters) {

    /// From this version on the deltas say which type they work on.
    private static final int DELTA_SAYS_TYPE = 19;

    private static final int DOUBLE_DELTA_SAYS_TYPE = 20;

    /// Before it, windows left dates and times as they were.
    private static final int WINDOWS_TAKE_TIMES = 20;

    public FilterChain {
        filters = List.copyOf(filters);
    }

    /// Reads a chain written by format `version` for values of `type`.
    public static FilterChain read(ByteReader in, int version, Datatype type) {
        in.int32();
        int count = in.count32(5);
        List<StoredFilter> filters = new ArrayList<>();
        Datatype given = type;
        for (int i = 0; i < count; i++) {
            int number = in.unsignedByte();
            int optionBytes = in.count32(1);
            ByteReader options = new ByteReader(in.copy(optionBytes));
            StoredFilter filter = filter(number, options, version, given);
            filters.add(filter);
            if (filter instanceof StoredFilter.Compression delta
                    && delta.packing().ordinal() >= Packing.DOUBLE_DELTA.ordinal()) {
                given = delta.type();
            }
        }
        return new FilterChain(filters);
    }

    private static StoredFilter filter(int number, ByteReader options, int version, Datatype type) {
        return switch (number) {
            case 0 -> new StoredFilter.Nothing();
            case 1 -> new StoredFilter.Compression(Packing.GZIP, type);
            case 2 -> new StoredFilter.Compression(Packing.ZSTD, type);
            case 3 -> new StoredFilter.Compression(Packing.LZ4, type);
            case 4 -> new StoredFilter.Compression(Packing.RUNS, type);
            case 5 -> new StoredFilter.Compression(Packing.BZIP2, type);
            case 6 ->
                new StoredFilter.Compression(
                        Packing.DOUBLE_DELTA, deltaType(options, version >= DOUBLE_DELTA_SAYS_TYPE, type));
            case 7 -> windows(type, version) ? new StoredFilter.BitWidth(type) : new StoredFilter.Nothing();
            case 8 -> new StoredFilter.BitShuffle(type);
            case 9 -> new StoredFilter.ByteShuffle(type);
            case 10 -> positive(type, version) ? new StoredFilter.PositiveDelta(type) : new StoredFilter.Nothing();
            case 12 -> new StoredFilter.Checksum("MD5", 16);
            case 13 -> new StoredFilter.Checksum("SHA-256", 32);
            case 14 -> new StoredFilter.Compression(Packing.DICTIONARY, type);
            case 19 ->
                new StoredFilter.Compression(Packing.DELTA, deltaType(options, version >= DELTA_SAYS_TYPE, type));
            case 11 -> throw unread("encryption");
            case 15 -> throw unread("float scaling, which loses digits");
            case 16 -> throw unread("XOR");
            case 18 -> throw unread("WebP");
            default -> throw unread("number %d".formatted(number));
        };
    }

    private static Malformed unread(String filter) {
        return new Malformed("it uses the filter " + filter + ", which is not read here");
    }

    private static Datatype deltaType(ByteReader options, boolean saysType, Datatype given) {
        if (!saysType) {
            return given;
        }
        options.step(5);
        Datatype said = Datatype.of(options.unsignedByte());
        return said == Datatype.ANY ? given : said;
    }

    private static boolean windows(Datatype type, int version) {
        return switch (type) {
            case INT16, UINT16, INT32, UINT32, INT64, UINT64 -> true;
            default -> type.isTime() && version >= WINDOWS_TAKE_TIMES;
        };
    }

    private static boolean positive(Datatype type, int version) {
        return switch (type) {
            case INT8, UINT8, BOOL, BLOB, GEOM_WKB, GEOM_WKT -> true;
            default -> windows(type, version);
        };
    }

    /// Whether texts of `type` are packed together with their lengths, so that there are no offsets of their own.
    public boolean packsTexts(Datatype type) {
        return type.isText()
                && !filters.isEmpty()
                && filters.getFirst() instanceof StoredFilter.Compression first
                && (first.packing() == Packing.RUNS || first.packing() == Packing.DICTIONARY);
    }

    /// In plain words, for people who look at the file.
    public String inWords() {
        List<String> words = new ArrayList<>();
        for (StoredFilter filter : filters) {
            switch (filter) {
                case StoredFilter.Nothing nothing -> {}
                case StoredFilter.Compression packed ->
                    words.add(packed.packing()
                            .name()
                            .toLowerCase(java.util.Locale.ROOT)
                            .replace('_', ' '));
                case StoredFilter.BitWidth width -> words.add("bit width");
                case StoredFilter.PositiveDelta delta -> words.add("positive delta");
                case StoredFilter.ByteShuffle shuffle -> words.add("byte shuffle");
                case StoredFilter.BitShuffle shuffle -> words.add("bit shuffle");
                case StoredFilter.Checksum checksum -> words.add(checksum.algorithm());
            }
        }
        return words.isEmpty() ? "not compressed" : String.join(" + ", words);
    }
}
