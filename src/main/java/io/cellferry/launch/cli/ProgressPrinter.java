package io.cellferry.launch.cli;

import io.cellferry.jobs.RunProgress;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// Shows how far a run is: a bar that redraws itself on a terminal, a line every few seconds elsewhere, a JSON line
/// for programs.
///
/// 100 % is shown when the output is published and not before.
final class ProgressPrinter implements AutoCloseable {

    enum Style {
        BAR(Duration.ofMillis(200)),
        LINES(Duration.ofSeconds(10)),
        JSON(Duration.ofSeconds(1)),
        NONE(Duration.ofHours(1));

        private final Duration every;

        Style(Duration every) {
            this.every = every;
        }
    }

    private static final int BAR_WIDTH = 24;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final RunProgress progress;
    private final Style style;
    private final PrintStream out;
    private final long startNanos = System.nanoTime();
    private final Thread thread;
    private volatile boolean closed;
    private int drawn;

    private ProgressPrinter(RunProgress progress, Style style, PrintStream out) {
        this.progress = progress;
        this.style = style;
        this.out = out;
        this.thread = Thread.ofPlatform().daemon().name("progress").unstarted(this::loop);
    }

    static ProgressPrinter start(RunProgress progress, Style style, PrintStream out) {
        ProgressPrinter printer = new ProgressPrinter(progress, style, out);
        if (style != Style.NONE) {
            printer.thread.start();
        }
        return printer;
    }

    private void loop() {
        try {
            while (!closed) {
                Thread.sleep(style.every);
                if (!closed && progress.plannedUnits() > 0) {
                    show();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void show() {
        long planned = progress.plannedUnits();
        long finished = Math.min(progress.doneUnits() + progress.keptUnits(), planned);
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        // The last percent belongs to publication.
        int percent = (int) Math.min(99, 100 * finished / planned);
        double bytesPerSecond = progress.writtenBytes() / seconds;
        long left = planned - finished;
        String eta = progress.doneUnits() == 0 ? "?" : clock((long) (left * seconds / progress.doneUnits()));
        switch (style) {
            case BAR -> {
                int full = BAR_WIDTH * percent / 100;
                String line = "%-14s [%s%s] %2d%%  %,d/%,d units  %s/s  %s left"
                        .formatted(
                                progress.step(),
                                "#".repeat(full),
                                "-".repeat(BAR_WIDTH - full),
                                percent,
                                finished,
                                planned,
                                Sizes.text((long) bytesPerSecond),
                                eta);
                out.print("\r" + line + " ".repeat(Math.max(0, drawn - line.length())));
                out.flush();
                drawn = line.length();
            }
            case LINES ->
                out.println("cellferry: %s %d %%, %,d of %,d units, %s/s, about %s left"
                        .formatted(
                                progress.step(), percent, finished, planned, Sizes.text((long) bytesPerSecond), eta));
            case JSON -> {
                Map<String, Object> event = new LinkedHashMap<>();
                event.put("step", progress.step());
                event.put("unitsDone", finished);
                event.put("unitsPlanned", planned);
                event.put("bytesWritten", progress.writtenBytes());
                event.put("seconds", Math.round(seconds * 10) / 10.0);
                out.println(JSON.writeValueAsString(event));
            }
            case NONE -> {}
        }
    }

    private static String clock(long seconds) {
        return seconds < 3600
                ? "%d:%02d".formatted(seconds / 60, seconds % 60)
                : "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    /// Stops and clears the bar.
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        if (style == Style.BAR && drawn > 0) {
            out.print("\r" + " ".repeat(drawn) + "\r");
            out.flush();
        }
    }
}
