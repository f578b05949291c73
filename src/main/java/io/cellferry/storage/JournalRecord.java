package io.cellferry.storage;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One thing that happened to a run. Kinds and fields are stored with every run: treat them as published.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = JournalRecord.Begun.class, name = "begun"),
    @JsonSubTypes.Type(value = JournalRecord.UnitFinished.class, name = "unit"),
    @JsonSubTypes.Type(value = JournalRecord.UnitsLost.class, name = "lost"),
    @JsonSubTypes.Type(value = JournalRecord.ScratchDropped.class, name = "dropped"),
    @JsonSubTypes.Type(value = JournalRecord.ScratchMoved.class, name = "scratch"),
    @JsonSubTypes.Type(value = JournalRecord.Publishing.class, name = "publishing"),
    @JsonSubTypes.Type(value = JournalRecord.PublicationWithdrawn.class, name = "withdrawn")
})
sealed interface JournalRecord {

    /// Always the first. `output` is the name of the target in the folder that holds `.cellferry`, so that the folder
    /// may be moved as a whole; `scratchPlace` is where scratch files lie if not in the staging folder. `home` is that
    /// staging folder as the run began (empty in journals before 0.3.0): a copy of it does not own the scratch files.
    record Begun(
            String runId,
            String output,
            boolean singleFile,
            boolean replace,
            String request,
            InputFingerprint input,
            Instant startedAt,
            String toolVersion,
            Optional<String> scratchPlace,
            Optional<String> home)
            implements JournalRecord {}

    /// The unit's files are durable under their names.
    record UnitFinished(String name, List<UnitFile> files) implements JournalRecord {
        public UnitFinished {
            files = List.copyOf(files);
        }
    }

    /// A file of these units was gone or had another size when the run was opened, or the run gave them up: they are
    /// unfinished again.
    record UnitsLost(List<String> names) implements JournalRecord {
        public UnitsLost {
            names = List.copyOf(names);
        }
    }

    /// The scratch files of these units are no longer needed; they are deleted after this record.
    record ScratchDropped(List<String> names) implements JournalRecord {
        public ScratchDropped {
            names = List.copyOf(names);
        }
    }

    /// From now on scratch files lie in `place` (empty: the staging folder). Units whose scratch files were still
    /// needed are unfinished again; the former place is deleted after this record.
    record ScratchMoved(Optional<String> place) implements JournalRecord {}

    /// All units are finished and the swap of output and manifest may have begun: from here the run only goes forward.
    record Publishing(boolean replace, Map<String, Object> details) implements JournalRecord {
        public Publishing {
            details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
        }
    }

    /// The swap cannot be finished (the staged output is gone, or another output has appeared): the run goes on
    /// before it.
    record PublicationWithdrawn() implements JournalRecord {}

    /// `path` is relative to its area with `/`. Scratch files have no hash; in runs of older versions they have.
    record UnitFile(Area area, String path, long bytes, Optional<String> sha256) {}
}
