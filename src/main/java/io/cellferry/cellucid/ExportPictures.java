package io.cellferry.cellucid;

import io.cellferry.page.Colours;
import io.cellferry.page.Picture;
import io.cellferry.page.PointCloud;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Draws the embeddings of an export from the very files that viewers will read, coloured by an annotation.
///
/// Every point file is read once, front to back, together with the codes of the annotation; from two million cells on
/// every second, third … cell is drawn. Takes 8 MB and some buffers, whatever the number of cells.
public final class ExportPictures {

    private static final long DRAWN = 2_000_000;
    private static final int BLOCK = 8_192;

    /// What annotations are called that people want to see first.
    private static final List<String> TELLING =
            List.of("celltype", "cellontology", "annotation", "leiden", "louvain", "cluster");

    private final Path folder;
    private final ReadExport export;
    private final ExportPaths paths;
    private final Optional<ObsFieldEntry.Categorical> field;

    private ExportPictures(Path folder, ReadExport export) {
        this.folder = folder;
        this.export = export;
        this.paths = ExportPaths.of(export.settings().gzipLevel());
        this.field = field(export.contents().obs());
    }

    /// A picture of each embedding with two or three axes; none for what is no sound export.
    public static List<Picture> of(Path folder) {
        Findings findings = Findings.ofExport();
        Optional<ReadExport> read = ExportDocuments.read(folder, findings)
                .flatMap(documents -> ExportCheck.understood(documents, findings));
        if (read.isEmpty()) {
            return List.of();
        }
        ExportPictures pictures = new ExportPictures(folder, read.get());
        return read.get().contents().embeddings().stream()
                .map(EmbeddingFrame::dimension)
                .filter(dimension -> dimension > 1)
                .map(pictures::embedding)
                .toList();
    }

    /// The annotation with 2 to 30 categories whose name says most, else the first.
    private static Optional<ObsFieldEntry.Categorical> field(List<ObsFieldEntry> all) {
        List<ObsFieldEntry.Categorical> fitting = all.stream()
                .filter(ObsFieldEntry.Categorical.class::isInstance)
                .map(ObsFieldEntry.Categorical.class::cast)
                .filter(field -> field.labels().size() >= 2 && field.labels().size() <= Colours.GROUPS)
                .toList();
        for (String word : TELLING) {
            for (ObsFieldEntry.Categorical field : fitting) {
                String name = field.place().name().toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
                if (name.contains(word)) {
                    return Optional.of(field);
                }
            }
        }
        return fitting.stream().findFirst();
    }

    private Picture embedding(int dimension) {
        int cells = export.contents().cells();
        int groups = field.map(some -> some.labels().size()).orElse(1);
        long every = Math.ceilDiv(cells, DRAWN);
        PointCloud cloud = new PointCloud(groups, cells / every);
        long[] sizes = new long[groups + 1];
        boolean compressed = export.settings().gzipLevel().isPresent();
        try (PayloadStream points = new PayloadStream(folder.resolve(paths.points(dimension)), compressed);
                Codes codes = Codes.of(folder, paths, field, compressed)) {
            ByteBuffer block =
                    ByteBuffer.allocate(BLOCK * dimension * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            for (int first = 0; first < cells; first += BLOCK) {
                stopIfAsked();
                int some = Math.min(BLOCK, cells - first);
                codes.next(some);
                if (points.read(block.array(), some * dimension * Float.BYTES) < some * dimension * Float.BYTES) {
                    throw new MalformedPayload("it ends before its last cell");
                }
                for (int cell = 0; cell < some; cell++) {
                    int group = codes.group(cell);
                    sizes[group < 0 ? groups : group]++;
                    if ((first + cell) % every == 0) {
                        int at = cell * dimension * Float.BYTES;
                        cloud.add(block.getFloat(at), block.getFloat(at + Float.BYTES), group);
                    }
                }
            }
        }
        return picture(dimension, every, cloud.pixels(), sizes);
    }

    private static void stopIfAsked() {
        if (Thread.currentThread().isInterrupted()) {
            throw new MalformedPayload("drawing it took too long");
        }
    }

    private Picture picture(int dimension, long every, Picture.Pixels pixels, long[] sizes) {
        String coloured =
                field.map(some -> "coloured by " + some.place().name()).orElse("all in one colour");
        String how = dimension == 3 ? ", its first two axes" : "";
        String note = every == 1 ? "Every exported cell is drawn." : "One cell in %,d is drawn.".formatted(every);
        List<Picture.Key> legend = new ArrayList<>();
        field.ifPresent(some -> {
            for (int group = 0; group < some.labels().size(); group++) {
                legend.add(new Picture.Key(Colours.of(group), label(some, group), "%,d".formatted(sizes[group])));
            }
            if (sizes[sizes.length - 1] > 0) {
                legend.add(new Picture.Key(Colours.NONE, "no value", "%,d".formatted(sizes[sizes.length - 1])));
            }
        });
        return new Picture(
                "Embedding in %d dimensions, %s".formatted(dimension, coloured),
                "The %,d cells as points of the exported %d-dimensional embedding%s, %s."
                        .formatted(export.contents().cells(), dimension, how, coloured),
                note,
                pixels,
                legend);
    }

    private static String label(ObsFieldEntry.Categorical field, int group) {
        return field.labels().get(group) instanceof io.cellferry.cellucid.json.Json.Text text
                ? text.value()
                : field.labels().get(group).toString();
    }

    /// The codes of an annotation, block by block; none where there is no annotation.
    private static final class Codes implements AutoCloseable {

        private final Optional<PayloadStream> stream;
        private final CodeType type;
        private final byte[] block;

        private Codes(Optional<PayloadStream> stream, CodeType type) {
            this.stream = stream;
            this.type = type;
            this.block = new byte[BLOCK * type.bytes()];
        }

        static Codes of(Path folder, ExportPaths paths, Optional<ObsFieldEntry.Categorical> field, boolean compressed) {
            CodeType type = field.map(ObsFieldEntry.Categorical::codes).orElse(CodeType.UINT8);
            return new Codes(
                    field.map(some -> new PayloadStream(
                            folder.resolve(paths.obsCodes(some.place().stem(), type.extension())), compressed)),
                    type);
        }

        void next(int cells) {
            if (stream.isPresent() && stream.get().read(block, cells * type.bytes()) < cells * type.bytes()) {
                throw new MalformedPayload("it ends before its last cell");
            }
        }

        /// -1 for a cell without a value.
        int group(int cell) {
            if (stream.isEmpty()) {
                return 0;
            }
            int code = type == CodeType.UINT8
                    ? block[cell] & 0xff
                    : (block[2 * cell] & 0xff) | (block[2 * cell + 1] & 0xff) << 8;
            return code == type.missing() ? -1 : code;
        }

        @Override
        public void close() {
            stream.ifPresent(PayloadStream::close);
        }
    }
}
