package io.cellferry.zarr;

import io.cellferry.codec.BloscDecoder;
import io.cellferry.codec.Bzip2Decoder;
import io.cellferry.codec.Crc32cTrailer;
import io.cellferry.codec.Decoder;
import io.cellferry.codec.GzipDecoder;
import io.cellferry.codec.Shuffle;
import io.cellferry.codec.SizedLz4Decoder;
import io.cellferry.codec.ZlibDecoder;
import io.cellferry.codec.ZstdDecoder;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/// What undoes a compression, by the name that metadata gives it.
final class Decoders {

    private Decoders() {}

    /// Empty for those that are not read.
    static Optional<Supplier<Decoder>> named(String name, JsonNode configuration) {
        return switch (name) {
            case "blosc" -> Optional.of(BloscDecoder::new);
            case "zstd" -> Optional.of(ZstdDecoder::new);
            case "gzip" -> Optional.of(GzipDecoder::new);
            case "zlib" -> Optional.of(ZlibDecoder::new);
            case "lz4" -> Optional.of(SizedLz4Decoder::new);
            case "bz2" -> Optional.of(Bzip2Decoder::new);
            case "crc32c" -> Optional.of(Crc32cTrailer::new);
            case "shuffle" -> {
                int bytes = configuration.path("elementsize").asInt(4);
                yield Optional.of(() -> new Shuffle(bytes));
            }
            default -> Optional.empty();
        };
    }
}
