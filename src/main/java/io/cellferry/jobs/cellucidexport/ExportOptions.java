package io.cellferry.jobs.cellucidexport;

import static io.cellferry.jobs.cellucidexport.CellucidExportRules.NONE;

import io.cellferry.cellucid.Contract;
import io.cellferry.cellucid.DatasetCard;
import io.cellferry.cellucid.ExportSettings;
import io.cellferry.cellucid.MissingPolicy;
import io.cellferry.cellucid.ObsCodes;
import io.cellferry.cellucid.Quantization;
import io.cellferry.cellucid.SourceReference;
import io.cellferry.failure.RequestRefused;
import io.cellferry.jobs.JobRequest;
import io.cellferry.jobs.OptionValues;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// Turns the words of a request into the settings of the writer.
final class ExportOptions {

    private ExportOptions() {}

    /// `startedAt` becomes the creation time unless the request names one.
    static ExportSettings settings(JobRequest request, Instant startedAt) {
        OptionValues options = request.options();
        String id = options.text("dataset-id").orElseGet(() -> idOfFolder(request));
        return new ExportSettings(
                options.word("contract").equals("0.9.0") ? Contract.V0_9_0 : Contract.V0_9_1,
                quantization(options.word("quantize-genes")),
                quantization(options.word("quantize-obs")),
                switch (options.word("obs-codes")) {
                    case "uint8" -> ObsCodes.UINT8;
                    case "uint16" -> ObsCodes.UINT16;
                    default -> ObsCodes.AUTO;
                },
                options.word("gzip").equals(NONE)
                        ? OptionalInt.empty()
                        : OptionalInt.of(Integer.parseInt(options.word("gzip"))),
                options.word("centroid-quantile").equals(NONE)
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(Double.parseDouble(options.word("centroid-quantile"))),
                Integer.parseInt(options.word("centroid-min-points")),
                options.word("on-missing").equals("mark") ? MissingPolicy.MARK : MissingPolicy.REFUSE,
                new DatasetCard(
                        id,
                        options.text("dataset-name").orElse(id),
                        options.text("description").orElse(""),
                        options.text("created-at").orElseGet(() -> startedAt
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString()),
                        source(options)));
    }

    private static Quantization quantization(String word) {
        return switch (word) {
            case "8" -> Quantization.BITS_8;
            case "16" -> Quantization.BITS_16;
            default -> Quantization.NONE;
        };
    }

    private static Optional<SourceReference> source(OptionValues options) {
        Optional<String> name = options.text("source-name");
        if (name.isEmpty()
                && (options.text("source-url").isPresent()
                        || options.text("source-citation").isPresent())) {
            throw new RequestRefused(
                    "--source-url and --source-citation need --source-name.",
                    "Say what the source is called with --source-name.");
        }
        return name.map(said -> new SourceReference(said, options.text("source-url"), options.text("source-citation")));
    }

    private static String idOfFolder(JobRequest request) {
        String name = Optional.ofNullable(request.output().getFileName())
                .map(Object::toString)
                .orElse("");
        if (!DatasetCard.isPortableId(name)) {
            throw new RequestRefused(
                    "%s: expected an output whose name can be the id of the data set, with letters of English, digits,"
                                    .formatted(request.output())
                            + " dots, dashes and underscores only; found \"%s\".".formatted(name),
                    "Give the id with --dataset-id, such as --dataset-id pbmc-3k.v1, or choose another name.");
        }
        return name;
    }
}
