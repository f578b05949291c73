package io.cellferry.zarr;

import io.cellferry.codec.BloscDecoder;
import io.cellferry.codec.Bzip2Decoder;
import io.cellferry.codec.Crc32cTrailer;
import io.cellferry.codec.Decoder;
import io.cellferry.codec.GzipDecoder;
import io.cellferry.codec.Malformed;
import io.cellferry.codec.Shuffle;
import io.cellferry.codec.SizedLz4Decoder;
import io.cellferry.codec.ZlibDecoder;
import io.cellferry.codec.ZstdDecoder;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/// What undoes a compression, by the name that metadata gives it.
final class Decoders {

    /// What numcodecs takes when nothing is said.
    private static final int USUALLY_SHUFFLED = 4;

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
            case "shuffle" -> shuffle(configuration.path("elementsize"));
            default -> Optional.empty();
        };
    }

    private static Optional<Supplier<Decoder>> shuffle(JsonNode elementBytes) {
        if (elementBytes.isMissingNode()) {
            return Optional.of(() -> new Shuffle(USUALLY_SHUFFLED));
        }
        boolean sound = elementBytes.isIntegralNumber() && elementBytes.canConvertToInt() && elementBytes.asInt() > 0;
        if (!sound) {
            throw new Malformed("it is shuffled by elements of %s bytes".formatted(Shown.of(elementBytes)));
        }
        int bytes = elementBytes.asInt();
        return Optional.of(() -> new Shuffle(bytes));
    }
}
