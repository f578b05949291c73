package io.cellferry.launch.http.exports;

import io.cellferry.failure.Refusal;
import io.cellferry.jobs.CatalogueEntry;
import io.cellferry.jobs.ConversionJob;
import io.cellferry.launch.DataRoots;
import io.cellferry.storage.ManifestStamp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The data sets that viewers can choose from: finished outputs that a job lists in catalogues.
///
/// In a folder they are addressed by the names of their folders. All published folders together address them by their
/// ids, because two folders may hold outputs of one name; of two data sets with one id the first is listed, the other
/// is found through its own folder.
final class Datasets {

    private static final Logger LOG = LoggerFactory.getLogger(Datasets.class);

    /// More than anybody chooses from; each is one small record.
    private static final int MOST = 2_000;

    /// So often at most are all folders looked through because somebody asks for an unknown id.
    private static final long LOOK_NANOS = 1_000_000_000L;

    /// First names of addresses that belong to other parts of the service.
    private static final Set<String> RESERVED = Set.of(
            "api",
            "exports",
            "actuator",
            "assets",
            "css",
            "dashboard",
            "error",
            "fonts",
            "images",
            "js",
            "login",
            "logout",
            "static");

    /// A finished output, and what the job that made it says of it.
    record Dataset(Path output, ConversionJob job, CatalogueEntry entry) {}

    private record Known(ManifestStamp stamp, Optional<Dataset> dataset) {}

    private final List<ConversionJob> jobs;
    private final List<Path> published;
    private final Map<Path, Known> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, Known> eldest) {
            return size() > MOST;
        }
    };
    private volatile Map<String, Path> byId = Map.of();
    private volatile long lookedAt = System.nanoTime() - LOOK_NANOS;

    Datasets(List<ConversionJob> jobs, DataRoots roots) {
        this.jobs = List.copyOf(jobs);
        this.published = roots.published().stream()
                .sorted()
                .map(name -> roots.writable().get(name))
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /// Those that lie in `folder` itself, by the name of their folder. Each id and each name of a folder occurs once.
    List<Dataset> in(Path folder) {
        Map<String, Dataset> found = new LinkedHashMap<>();
        for (Path output : outputs(folder)) {
            dataset(output)
                    .filter(dataset -> !dataset.entry().id().isEmpty())
                    .ifPresent(dataset -> found.putIfAbsent(dataset.entry().id(), dataset));
        }
        return List.copyOf(found.values());
    }

    /// Those of all published folders.
    List<Dataset> everywhere() {
        Map<String, Dataset> found = new LinkedHashMap<>();
        for (Path folder : published) {
            for (Dataset dataset : in(folder)) {
                String id = dataset.entry().id();
                if (!RESERVED.contains(id) && found.size() < MOST) {
                    found.putIfAbsent(id, dataset);
                }
            }
        }
        Map<String, Path> outputs = new LinkedHashMap<>();
        found.forEach((id, dataset) -> outputs.put(id, dataset.output()));
        byId = Map.copyOf(outputs);
        lookedAt = System.nanoTime();
        return List.copyOf(found.values());
    }

    /// The output of the data set that [#everywhere] lists under `id`.
    Optional<Path> output(String id) {
        if (published.isEmpty() || RESERVED.contains(id)) {
            return Optional.empty();
        }
        Optional<Path> output = stillThere(id);
        if (output.isEmpty() && System.nanoTime() - lookedAt >= LOOK_NANOS) {
            everywhere();
            output = stillThere(id);
        }
        return output;
    }

    private Optional<Path> stillThere(String id) {
        return Optional.ofNullable(byId.get(id)).filter(output -> dataset(output)
                .filter(dataset -> dataset.entry().id().equals(id))
                .isPresent());
    }

    private static List<Path> outputs(Path folder) {
        List<Path> outputs = new ArrayList<>();
        try (Stream<Path> entries = Files.list(folder)) {
            entries.map(entry -> ManifestStamp.outputName(String.valueOf(entry.getFileName())))
                    .flatMap(Optional::stream)
                    .sorted()
                    .limit(MOST)
                    .map(folder::resolve)
                    .filter(output -> Files.isDirectory(output, LinkOption.NOFOLLOW_LINKS))
                    .forEach(outputs::add);
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("{} cannot be listed: {}", folder, e.toString());
        }
        return outputs;
    }

    private Optional<Dataset> dataset(Path output) {
        Optional<ManifestStamp> stamp = ManifestStamp.of(output);
        if (stamp.isEmpty()) {
            return Optional.empty();
        }
        synchronized (known) {
            Known before = known.get(output);
            if (before != null && before.stamp().equals(stamp.get())) {
                return before.dataset();
            }
        }
        Optional<Dataset> now = read(output);
        // What was read between two manifests is not kept.
        if (ManifestStamp.of(output).equals(stamp)) {
            synchronized (known) {
                known.put(output, new Known(stamp.get(), now));
            }
        }
        return now;
    }

    private Optional<Dataset> read(Path output) {
        for (ConversionJob job : jobs) {
            try {
                Optional<CatalogueEntry> entry = job.catalogueEntry(output);
                if (entry.isPresent()) {
                    return entry.map(found -> new Dataset(output, job, found));
                }
            } catch (Refusal damaged) {
                LOG.warn("{} is not listed: {}", output, damaged.getMessage());
            }
        }
        return Optional.empty();
    }
}
