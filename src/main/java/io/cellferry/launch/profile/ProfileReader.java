package io.cellferry.launch.profile;

import io.cellferry.failure.IoWords;
import io.cellferry.failure.StorageFailed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.EventStream;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;

/// Sums a profile up while streaming it: at most [#MOST_SPOTS] places are told apart, about 200 bytes each.
public final class ProfileReader {

    private static final String OURS = "io.cellferry.";
    private static final int MOST_SPOTS = 20_000;
    private static final String ELSEWHERE = "elsewhere";
    private static final int SHOWN = 12;

    private final Map<String, double[]> allocations = new HashMap<>();
    private final Map<String, double[]> processors = new HashMap<>();
    private double allocated;
    private long samples;
    private long collections;
    private Duration paused = Duration.ZERO;
    private Duration longest = Duration.ZERO;
    private long peakResident;

    private ProfileReader() {}

    public static ProfileSummary read(Path file) {
        ProfileReader reader = new ProfileReader();
        try (EventStream events = EventStream.openFile(file)) {
            // Neither kept nor sorted: an event is looked at once and forgotten.
            events.setReuse(true);
            events.setOrdered(false);
            events.onEvent("jdk.ObjectAllocationSample", reader::allocation);
            events.onEvent("jdk.ExecutionSample", reader::sample);
            events.onEvent("jdk.GarbageCollection", reader::collection);
            events.onEvent("jdk.ResidentSetSize", reader::resident);
            events.start();
        } catch (IOException e) {
            throw new StorageFailed(
                    "The profile %s cannot be read: %s".formatted(file, IoWords.of(e)),
                    "Look after the disk, then run again with --profile.",
                    e);
        }
        return new ProfileSummary(
                file,
                (long) reader.allocated,
                greatest(reader.allocations, reader.allocated),
                reader.samples,
                greatest(reader.processors, reader.samples),
                reader.collections,
                reader.paused,
                reader.longest,
                reader.peakResident);
    }

    private void allocation(RecordedEvent event) {
        double bytes = event.getLong("weight");
        RecordedClass type = event.getClass("objectClass");
        allocated += bytes;
        add(allocations, place(event.getStackTrace(), true) + " · " + name(type), bytes);
    }

    private void sample(RecordedEvent event) {
        samples++;
        add(processors, place(event.getStackTrace(), false), 1);
    }

    private void collection(RecordedEvent event) {
        collections++;
        paused = paused.plus(event.getDuration("sumOfPauses"));
        Duration one = event.getDuration("longestPause");
        longest = one.compareTo(longest) > 0 ? one : longest;
    }

    private void resident(RecordedEvent event) {
        peakResident = Math.max(peakResident, event.getLong("peak"));
    }

    private static void add(Map<String, double[]> spots, String place, double amount) {
        String known = spots.containsKey(place) || spots.size() < MOST_SPOTS ? place : ELSEWHERE;
        spots.computeIfAbsent(known, unused -> new double[1])[0] += amount;
    }

    /// The method on top, and the first of ours below it: `Arrays.copyOf` alone tells nobody who asked for it.
    private static String place(RecordedStackTrace stack, boolean withLine) {
        if (stack == null || stack.getFrames().isEmpty()) {
            return ELSEWHERE;
        }
        List<RecordedFrame> frames = stack.getFrames();
        String top = method(frames.getFirst());
        for (RecordedFrame frame : frames) {
            if (frame.getMethod().getType().getName().startsWith(OURS)) {
                String own = method(frame) + (withLine ? ":" + frame.getLineNumber() : "");
                return frame == frames.getFirst() ? own : own + " → " + top;
            }
        }
        return top;
    }

    private static String method(RecordedFrame frame) {
        // Classes the JVM makes for itself end in an address.
        String type = frame.getMethod().getType().getName().replaceAll("[./]0x[0-9a-f]+$", "");
        return type.substring(type.lastIndexOf('.') + 1) + "."
                + frame.getMethod().getName();
    }

    /// `[B` is how the JVM calls an array of bytes.
    private static String name(RecordedClass type) {
        String name = type.getName();
        int dimensions = name.lastIndexOf('[') + 1;
        String element = name.substring(dimensions);
        if (dimensions > 0) {
            element = switch (element) {
                case "B" -> "byte";
                case "C" -> "char";
                case "D" -> "double";
                case "F" -> "float";
                case "I" -> "int";
                case "J" -> "long";
                case "S" -> "short";
                case "Z" -> "boolean";
                default -> element.replaceAll("^L|;$", "");
            };
        }
        return element.substring(element.lastIndexOf('.') + 1) + "[]".repeat(dimensions);
    }

    private static List<ProfileSummary.Spot> greatest(Map<String, double[]> spots, double all) {
        return spots.entrySet().stream()
                .map(spot -> new ProfileSummary.Spot(
                        spot.getKey(), spot.getValue()[0], spot.getValue()[0] / Math.max(all, 1)))
                .sorted(Comparator.comparingDouble(ProfileSummary.Spot::amount)
                        .reversed()
                        .thenComparing(ProfileSummary.Spot::where))
                .limit(SHOWN)
                .toList();
    }
}
