package io.cellferry.storage;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a journal says, without its file lists: names of finished units and where their records begin.
///
/// Holds about 150 bytes per unit; file lists, which may be a thousand times longer, are streamed from the journal when
/// needed. Safe for several threads.
final class JournalIndex {

    private final Map<String, Unit> units = new LinkedHashMap<>();
    private final Set<String> dropped = new HashSet<>();
    private final Set<String> formerPlaces = new LinkedHashSet<>();
    private Optional<String> place = Optional.empty();
    private Optional<JournalRecord.Publishing> publishing = Optional.empty();
    private JournalRecord.@Nullable Begun begun;
    private long readableBytes;

    private record Unit(long offset, boolean hasScratch) {}

    static JournalIndex read(RefusingDisk disk, Path journal) {
        JournalIndex index = new JournalIndex();
        index.readableBytes = Journal.read(disk, journal, index::apply);
        return index;
    }

    synchronized void apply(long offset, JournalRecord happened) {
        switch (happened) {
            case JournalRecord.Begun first -> {
                begun = first;
                place = first.scratchPlace();
            }
            case JournalRecord.UnitFinished unit -> {
                boolean hasScratch = unit.files().stream().anyMatch(file -> file.area() == Area.SCRATCH);
                units.put(unit.name(), new Unit(offset, hasScratch));
                dropped.remove(unit.name());
            }
            case JournalRecord.UnitsLost lost -> lost.names().forEach(this::forget);
            case JournalRecord.ScratchDropped drop -> dropped.addAll(drop.names());
            case JournalRecord.ScratchMoved moved -> {
                place.ifPresent(formerPlaces::add);
                place = moved.place();
                place.ifPresent(formerPlaces::remove);
                List<String> lost = units.entrySet().stream()
                        .filter(unit -> unit.getValue().hasScratch() && !dropped.contains(unit.getKey()))
                        .map(Map.Entry::getKey)
                        .toList();
                lost.forEach(this::forget);
            }
            case JournalRecord.Publishing intent -> publishing = Optional.of(intent);
            case JournalRecord.PublicationWithdrawn withdrawn -> publishing = Optional.empty();
        }
    }

    private void forget(String unit) {
        units.remove(unit);
        dropped.remove(unit);
    }

    /// Empty when the journal is missing or damaged from its first record on.
    synchronized Optional<JournalRecord.Begun> begun() {
        return Optional.ofNullable(begun);
    }

    long readableBytes() {
        return readableBytes;
    }

    synchronized boolean isFinished(String unit) {
        return units.containsKey(unit);
    }

    synchronized int finishedUnits() {
        return units.size();
    }

    /// Whether the record at this offset is the one that counts for its unit.
    synchronized boolean isCurrent(String unit, long offset) {
        Unit found = units.get(unit);
        return found != null && found.offset() == offset;
    }

    synchronized boolean isDropped(String unit) {
        return dropped.contains(unit);
    }

    /// Those of the given units that are finished and still have scratch files.
    synchronized List<String> withScratch(Collection<String> names) {
        return names.stream()
                .distinct()
                .filter(name -> !dropped.contains(name))
                .filter(name -> {
                    Unit unit = units.get(name);
                    return unit != null && unit.hasScratch();
                })
                .toList();
    }

    /// The folder outside the staging folder where scratch files lie, if there is one.
    synchronized Optional<String> scratchPlace() {
        return place;
    }

    /// Folders outside the staging folder where scratch files of this run may lie, the present one among them.
    synchronized List<String> allScratchPlaces() {
        Set<String> all = new LinkedHashSet<>(formerPlaces);
        place.ifPresent(all::add);
        return List.copyOf(all);
    }

    synchronized Optional<JournalRecord.Publishing> publishing() {
        return publishing;
    }
}
