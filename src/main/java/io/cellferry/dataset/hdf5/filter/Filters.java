package io.cellferry.dataset.hdf5.filter;

import io.cellferry.codec.BloscDecoder;
import io.cellferry.codec.Bzip2Decoder;
import io.cellferry.codec.Decoder;
import io.cellferry.codec.LzfDecoder;
import io.cellferry.codec.Shuffle;
import io.cellferry.codec.ZlibDecoder;
import io.cellferry.codec.ZstdDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The filters of one data set in the order in which they were applied.
public record Filters(List<Filter> filters, int elementBytes) {

    public static final Filters NONE = new Filters(List.of(), 1);

    /// A streamed plane needs an inflater of its own; numbers have eight bytes at most, pairs of them sixteen.
    private static final int MOST_PLANES = 16;

    static final int DEFLATE = 1;
    static final int SHUFFLE = 2;
    static final int FLETCHER = 3;

    public Filters {
        filters = List.copyOf(filters);
    }

    /// One filter as the header names it, with the parameters its writer stored.
    public record Filter(int id, String storedName, int[] parameters) {

        int parameter(int index) {
            return index < parameters.length ? parameters[index] : 0;
        }

        String name() {
            return switch (id) {
                case DEFLATE -> "gzip";
                case SHUFFLE -> "shuffle";
                case FLETCHER -> "fletcher32";
                case 4 -> "szip";
                case 5 -> "nbit";
                case 6 -> "scale-offset";
                case 307 -> "bzip2";
                case 32000 -> "lzf";
                case 32001 -> "blosc";
                case 32004 -> "lz4";
                case 32008 -> "bitshuffle";
                case 32013 -> "zfp";
                case 32015 -> "zstd";
                case 32026 -> "blosc2";
                default -> storedName;
            };
        }
    }

    public boolean isEmpty() {
        return filters.isEmpty();
    }

    /// In plain words: `shuffle + gzip`.
    public String describe() {
        return filters.stream().map(Filter::name).collect(Collectors.joining(" + "));
    }

    /// The filters that cannot be undone here, by name and number; empty when all can.
    public Optional<String> unsupported() {
        List<String> found = new ArrayList<>();
        for (Filter filter : filters) {
            switch (filter.id()) {
                case DEFLATE, SHUFFLE, FLETCHER, 307, 32000, 32001, 32004, 32015 -> {}
                case 32008 -> {
                    if (!Bitshuffle.isSupported(filter)) {
                        found.add("bitshuffle with compression %d".formatted(filter.parameter(4)));
                    }
                }
                default -> found.add("%s (number %d)".formatted(filter.name(), filter.id()));
            }
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", found));
    }

    /// Whether chunks can be decoded as a stream, without holding one whole: shuffle, gzip and a checksum over the
    /// result at most, in this order.
    public boolean canStream() {
        if (elementBytes > MOST_PLANES && filters.stream().anyMatch(filter -> filter.id() == SHUFFLE)) {
            return false;
        }
        int stage = 0;
        for (Filter filter : filters) {
            int order =
                    switch (filter.id()) {
                        case SHUFFLE -> 1;
                        case DEFLATE -> 2;
                        case FLETCHER -> 3;
                        default -> 0;
                    };
            if (order <= stage) {
                return false;
            }
            stage = order;
        }
        return true;
    }

    Decoder codec(Filter filter) {
        return switch (filter.id()) {
            case DEFLATE -> new ZlibDecoder();
            case SHUFFLE -> new Shuffle(filter.parameters().length > 0 ? filter.parameter(0) : elementBytes);
            case FLETCHER -> new Fletcher();
            case 307 -> new Bzip2Decoder();
            case 32000 -> new LzfDecoder();
            case 32001 -> new BloscDecoder();
            case 32004 -> new LzFour();
            case 32008 -> new Bitshuffle(filter);
            case 32015 -> new ZstdDecoder();
            default -> throw new IllegalArgumentException("filter %d is not supported".formatted(filter.id()));
        };
    }
}
