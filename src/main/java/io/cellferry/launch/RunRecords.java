package io.cellferry.launch;

import io.cellferry.failure.RequestRefused;
import io.cellferry.storage.StateFolder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// The run records in the state folder, one small file a run.
public final class RunRecords {

    private static final String FOLDER = "runs";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final StateFolder folder;

    public RunRecords(StateFolder state) {
        this.folder = state.folder(FOLDER);
    }

    void write(RunRecord run) {
        folder.write(name(run.id()), JSON.writeValueAsString(run).getBytes(StandardCharsets.UTF_8));
    }

    public Optional<RunRecord> find(String id) {
        return read(name(id));
    }

    /// The run whose id is or starts with `id`. No run is meant by an empty one, not even the only run there is:
    /// `clean "$ID"` in a script that knows no id must not throw work away.
    public RunRecord require(String id) {
        List<RunRecord> matching = all().stream()
                .filter(run -> !id.isEmpty() && run.id().startsWith(id))
                .toList();
        if (matching.size() == 1) {
            return matching.getFirst();
        }
        throw new RequestRefused(
                matching.isEmpty()
                        ? "This machine remembers no run \"%s\".".formatted(id)
                        : "%d runs start with %s.".formatted(matching.size(), id),
                "`cellferry runs` lists them. An unfinished run also continues when its command is given again.");
    }

    /// All runs, newest first. A record that cannot be read is left out: it is a memory aid, not the run.
    public List<RunRecord> all() {
        List<RunRecord> all = new ArrayList<>();
        for (String file : folder.list()) {
            read(file).ifPresent(all::add);
        }
        all.sort(Comparator.comparing(RunRecord::startedAt).reversed());
        return all;
    }

    public void forget(String id) {
        folder.delete(name(id));
    }

    private Optional<RunRecord> read(String file) {
        return folder.read(file).flatMap(RunRecords::parse).filter(run -> name(run.id())
                .equals(file));
    }

    private static Optional<RunRecord> parse(byte[] json) {
        try {
            return Optional.ofNullable(JSON.readValue(json, RunRecord.class));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static String name(String id) {
        return id + ".json";
    }
}
