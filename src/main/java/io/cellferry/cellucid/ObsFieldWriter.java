package io.cellferry.cellucid;

import io.cellferry.cellucid.arithmetic.Bounds;
import io.cellferry.cellucid.arithmetic.CellGroups;
import io.cellferry.cellucid.arithmetic.Centroids;
import io.cellferry.cellucid.arithmetic.LatentRanks;
import io.cellferry.cellucid.json.Json;
import io.cellferry.dataset.NumericTable;
import io.cellferry.dataset.ObsColumn;
import io.cellferry.failure.InputRefused;
import io.cellferry.storage.StagedFile;
import io.cellferry.storage.UnitWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Writes the payloads of obs fields, one unit per field.
///
/// A continuous field is one file of numbers. A categorical one is a file of codes and a file that says how unusual
/// each cell is within its category; its manifest entry also says where to draw each label in each embedding.
/// At most 40 bytes x cells at once, besides what is lent: 4 (codes) + 4 (ranks) + 32 (distances, sorted and gathered).
/// Used by one thread, as the tables it reads are.
public final class ObsFieldWriter implements AutoCloseable {

    private final ExportSettings settings;
    private final List<Embedding> embeddings;
    private final NumericTable latent;
    private final int mostLabels;
    private final ExportPaths paths;
    private final PayloadEncoder encoder;
    private final ColumnEncoding encoding;

    /// `mostLabels` is the number of labels of the richest exported field: it decides the code type of all fields in
    /// contract 0.9.1. See [#labels].
    public ObsFieldWriter(ExportSettings settings, List<Embedding> embeddings, NumericTable latent, int mostLabels) {
        this.settings = settings;
        this.embeddings = List.copyOf(embeddings);
        this.latent = latent;
        this.mostLabels = mostLabels;
        this.paths = ExportPaths.of(settings.gzipLevel());
        this.encoder = new PayloadEncoder(settings.gzipLevel());
        this.encoding = new ColumnEncoding(settings.contract(), settings.obs());
    }

    /// How many labels `column` has in an export; 0 for a continuous one.
    public static int labels(ObsColumn column) {
        return switch (column) {
            case ObsColumn.Numbers numbers -> 0;
            case ObsColumn.Flags flags -> Categorised.of(flags).labels().size();
            case ObsColumn.Categories categories -> categories.labels().size();
            case ObsColumn.Texts texts -> texts.distinct().size();
        };
    }

    /// Writes `column` at `place`; the caller commits `unit`.
    public ObsFieldEntry write(ObsFieldPlace place, ObsColumn column, UnitWriter unit) {
        return switch (column) {
            case ObsColumn.Numbers numbers -> continuous(place, numbers, unit);
            case ObsColumn.Flags flags -> categorical(place, Categorised.of(flags), unit);
            case ObsColumn.Categories categories -> categorical(place, Categorised.of(categories), unit);
            case ObsColumn.Texts texts -> categorical(place, Categorised.of(texts), unit);
        };
    }

    /// Refuses what [#write] would refuse about the values and labels of `column`, without writing. 4 bytes x cells.
    public static void check(ExportSettings settings, String name, ObsColumn column) {
        switch (column) {
            case ObsColumn.Numbers numbers -> narrowed(settings, name, numbers);
            case ObsColumn.Flags flags -> check(settings, name, Categorised.of(flags));
            case ObsColumn.Categories categories -> check(settings, name, Categorised.of(categories));
            case ObsColumn.Texts texts -> check(settings, name, Categorised.of(texts));
        }
    }

    private static void check(ExportSettings settings, String name, Categorised column) {
        CategoryLabels.of(settings.contract(), name, column.labels());
        requireSomeRank(settings, name, column);
    }

    private static float[] narrowed(ExportSettings settings, String name, ObsColumn.Numbers column) {
        double[] stored = column.values();
        float[] values = new float[stored.length];
        NarrowingCount count = new NarrowingCount(settings.contract(), "obs/" + name);
        for (int cell = 0; cell < stored.length; cell++) {
            if (column.missing().get(cell)) {
                values[cell] = Float.NaN;
                count.missing(cell);
            } else {
                values[cell] = (float) stored[cell];
                count.look(cell, stored[cell], values[cell]);
            }
        }
        count.require(
                settings.missing(),
                "Use --on-missing mark to show missing numbers as such, or leave the field out with --obs-keys.",
                "Rescale the field or replace these numbers, or leave the field out with --obs-keys.");
        return values;
    }

    private ObsFieldEntry continuous(ObsFieldPlace place, ObsColumn.Numbers column, UnitWriter unit) {
        float[] values = narrowed(settings, place.name(), column);
        String path = paths.obsValues(place.stem(), settings.obs());
        return new ObsFieldEntry.Continuous(place, encoding.write(values, values.length, path, encoder, unit));
    }

    private ObsFieldEntry categorical(ObsFieldPlace place, Categorised column, UnitWriter unit) {
        List<Json> labels = CategoryLabels.of(settings.contract(), place.name(), column.labels());
        requireSomeRank(settings, place.name(), column);
        CodeType type = settings.obsCodes()
                .resolve(settings.contract(), place.name(), labels.size(), Math.max(mostLabels, labels.size()));
        CellGroups groups = new CellGroups(column.codes(), labels.size());
        float[] ranks = LatentRanks.of(TablePoints.narrowed(latent), groups, settings.centroidMinPoints());
        writeCodes(paths.obsCodes(place.stem(), type.extension()), column.codes(), type, unit);
        String outliers = paths.obsOutliers(place.stem(), settings.obs());
        Optional<Bounds> bounds = encoding.write(ranks, ranks.length, outliers, encoder, unit);
        return new ObsFieldEntry.Categorical(place, labels, type, centroids(groups, labels), bounds);
    }

    /// Cells of smaller categories have no rank, and codes of nothing but missing values no bounds to be read by.
    private static void requireSomeRank(ExportSettings settings, String name, Categorised column) {
        if (settings.contract() == Contract.V0_9_0 || !settings.obs().quantizes()) {
            return;
        }
        int[] cells = new int[column.labels().size()];
        for (int code : column.codes()) {
            if (code >= 0 && ++cells[code] >= settings.centroidMinPoints()) {
                return;
            }
        }
        throw new InputRefused(
                "obs/%s: no category has %d cells, so there is no outlier value to quantize."
                        .formatted(name, settings.centroidMinPoints()),
                "Lower --centroid-min-points, use --quantize-obs none, or leave the field out with --obs-keys.");
    }

    private void writeCodes(String path, int[] codes, CodeType type, UnitWriter unit) {
        try (StagedFile file = unit.output(path)) {
            encoder.begin(file, type.bytes());
            for (int code : codes) {
                encoder.putCode(code < 0 ? type.missing() : code, type.bytes());
            }
            encoder.end();
        }
    }

    private Json.Members centroids(CellGroups groups, List<Json> labels) {
        Json.MembersBuilder byDimension = Json.members();
        for (Embedding embedding : embeddings) {
            List<Json> entries = new ArrayList<>();
            if (settings.centroidQuantile().isPresent()) {
                double quantile = settings.centroidQuantile().getAsDouble();
                TablePoints points = TablePoints.placed(embedding.frame(), embedding.table());
                for (Centroids.Centroid centroid :
                        Centroids.of(points, groups, quantile, settings.centroidMinPoints())) {
                    entries.add(entry(centroid, labels));
                }
            }
            byDimension.put(Integer.toString(embedding.frame().dimension()), new Json.Array(entries));
        }
        return byDimension.build();
    }

    private static Json entry(Centroids.Centroid centroid, List<Json> labels) {
        return Json.members()
                .put("category", labels.get(centroid.group()))
                .put(
                        "position",
                        new Json.Array(Arrays.stream(centroid.position())
                                .mapToObj(Json::real)
                                .toList()))
                .put("n_points", centroid.used())
                .build();
    }

    @Override
    public void close() {
        encoder.close();
    }
}
