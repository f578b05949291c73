package io.cellferry.launch;

import io.cellferry.failure.Refusal;
import io.cellferry.failure.RoomExhausted;
import io.cellferry.jobs.MachineRoom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The runs that wait and work in a service, in the order in which they were accepted. Whatever becomes of one is
/// written into its record here, under one lock.
///
/// Holds at most [#MOST_WAITING] tickets and those at work; a ticket goes when its run ends.
final class RunQueue implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunQueue.class);

    /// More than anybody waits for; each is one small record.
    private static final int MOST_WAITING = 1000;

    /// How soon an idle worker notices that the service ends.
    private static final long LOOK_MILLIS = 200;

    private static final Duration END_PATIENCE = Duration.ofSeconds(25);

    private final RunStarter starter;
    private final RunRecords records;
    private final MachineRoom room;
    private final Clock clock;
    private final Map<String, RunTicket> tickets = new LinkedHashMap<>();
    private final LinkedBlockingQueue<RunTicket> waiting = new LinkedBlockingQueue<>();
    private final List<Thread> workers = new ArrayList<>();
    private final Map<String, Long> endings = new LinkedHashMap<>();
    private long endedUnits;
    private long endedBytes;
    private final List<Consumer<String>> told = new CopyOnWriteArrayList<>();
    private volatile boolean closing;

    /// `room` is what one run may use.
    RunQueue(RunStarter starter, RunRecords records, MachineRoom room, Clock clock) {
        this.starter = starter;
        this.records = records;
        this.room = room;
        this.clock = clock;
    }

    /// Begins to work, `runs` conversions at once.
    void start(int runs) {
        for (int i = 0; i < runs; i++) {
            workers.add(Thread.ofPlatform().name("run-" + i).start(this::work));
        }
    }

    /// Writes the run down and lets it wait for its turn. Refused when too many wait.
    synchronized void accept(RunRecord record, RunRequest run) {
        if (waiting.size() >= MOST_WAITING) {
            throw new RoomExhausted("%,d runs wait already.".formatted(MOST_WAITING), "Ask again when some are done.");
        }
        takeUp(record, run);
    }

    /// The same for what an earlier service had accepted, however many that are.
    synchronized void takeUp(RunRecord record, RunRequest run) {
        records.write(record);
        RunTicket ticket = new RunTicket(record, run);
        tickets.put(record.id(), ticket);
        waiting.add(ticket);
        tellAll(record.id());
    }

    /// Stops a run of this queue at its next unit; one that waits never begins. Whether there was one.
    synchronized boolean stop(String id) {
        RunTicket ticket = tickets.get(id);
        if (ticket == null) {
            return false;
        }
        ticket.stop();
        if (waiting.contains(ticket)) {
            // Before it leaves the queue: where that cannot be written down, it ends when its turn comes.
            records.write(ticket.record().ended(clock.instant().toString(), RunState.STOPPED));
            if (waiting.remove(ticket)) {
                tickets.remove(id);
                tellAll(id);
            }
        }
        return true;
    }

    /// `ear` hears the id of every run that is accepted or ends from now on. It is called while the queue is locked and
    /// must only take note.
    void tell(Consumer<String> ear) {
        told.add(ear);
    }

    private void tellAll(String id) {
        told.forEach(ear -> ear.accept(id));
    }

    synchronized Optional<RunTicket> ticket(String id) {
        return Optional.ofNullable(tickets.get(id));
    }

    synchronized List<RunTicket> tickets() {
        return List.copyOf(tickets.values());
    }

    synchronized RunDesk.Totals totals() {
        long running = tickets.values().stream()
                .filter(one -> one.begunAt().isPresent())
                .count();
        return new RunDesk.Totals(
                tickets.size() - running,
                running,
                endedUnits
                        + tickets.values().stream()
                                .mapToLong(one -> one.progress().doneUnits())
                                .sum(),
                endedBytes
                        + tickets.values().stream()
                                .mapToLong(one -> one.progress().writtenBytes())
                                .sum(),
                Map.copyOf(endings));
    }

    private void work() {
        try {
            while (!closing) {
                RunTicket next = waiting.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (next != null && !closing) {
                    workAndRecord(next);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the service ends
        }
    }

    /// How a run ended may not be writable, on a full disk say. The next run is done all the same; this one is looked
    /// at again when a service starts.
    private void workAndRecord(RunTicket ticket) {
        try {
            work(ticket);
        } catch (RuntimeException unwritten) {
            LOG.error("how run {} ended could not be written down", ticket.id(), unwritten);
        }
    }

    private void work(RunTicket ticket) {
        try {
            begin(ticket);
            DataRoots.requireUnmoved(ticket.run().request().input(), "input");
            DataRoots.requireUnmoved(ticket.run().request().output(), "output");
            RunOutcome outcome = starter.start(
                    ticket.run(), room, ticket.progress(), ticket::stopAsked, (id, resumed, kept, log) -> {});
            settle(ticket, outcome);
        } catch (Refusal refused) {
            end(ticket, record -> refused(record, refused));
        } catch (RuntimeException | Error defect) {
            LOG.error("run {} ended by a defect", ticket.id(), defect);
            end(ticket, record -> record.ended(clock.instant().toString(), RunState.FAILED, defect));
        }
    }

    /// Counted before a look at the input: that alone may end the service.
    private synchronized void begin(RunTicket ticket) {
        ticket.begin();
        records.write(ticket.record().attempted(ticket.record().attempts() + 1));
    }

    /// What is refused after it had begun has failed; what was written down as ended before that stays so.
    private RunRecord refused(RunRecord record, Refusal why) {
        String now = clock.instant().toString();
        return switch (record.end()) {
            case RunRecord.WAITING -> record.ended(now, RunRecord.REFUSED, why);
            case RunRecord.RUNNING -> record.ended(now, RunState.FAILED, why);
            default -> record;
        };
    }

    private void settle(RunTicket ticket, RunOutcome outcome) {
        if (outcome.end() == RunOutcome.End.STOPPED && closing && !ticket.stopAskedByPerson()) {
            // Nobody asked for that but the service's own end: the next one goes on with it.
            end(ticket, record -> ticket.record());
        } else if (outcome.end() == RunOutcome.End.ALREADY_DONE) {
            end(ticket, record -> record.ended(clock.instant().toString(), RunState.DONE));
        } else {
            end(ticket, record -> record);
        }
    }

    private synchronized void end(RunTicket ticket, UnaryOperator<RunRecord> how) {
        boolean newest = tickets.remove(ticket.id(), ticket);
        endedUnits += ticket.progress().doneUnits();
        endedBytes += ticket.progress().writtenBytes();
        try {
            records.find(ticket.id()).ifPresent(record -> {
                RunRecord ended = how.apply(record);
                endings.merge(ended.end(), 1L, Long::sum);
                if (ended.end().equals(RunState.FAILED) || ended.end().equals(RunRecord.REFUSED)) {
                    LOG.warn(
                            "run {} for {} is {}: {} To do: {}",
                            ended.id(),
                            ended.output(),
                            ended.end(),
                            ended.message(),
                            ended.remedy());
                }
                // The record belongs to whoever asked for the same run again while this attempt was ending.
                if (newest && !ended.equals(record)) {
                    records.write(ended);
                }
            });
        } finally {
            tellAll(ticket.id()); // Also of an end that cannot be written down: who listens must look again.
        }
    }

    /// The attempt counts no more, whether or not the run hears of the end in time: nobody hears while it is planned.
    private void endPolitely(RunTicket ticket) {
        ticket.end();
        if (ticket.begunAt().isPresent()) {
            try {
                records.find(ticket.id())
                        .filter(record -> record.attempts() > ticket.record().attempts())
                        .ifPresent(record ->
                                records.write(record.attempted(ticket.record().attempts())));
            } catch (RuntimeException unwritten) {
                LOG.error("run {} keeps an attempt that was none", ticket.id(), unwritten);
            }
        }
    }

    /// Stops what works at its next unit and waits for that; all of it goes on when a service starts again.
    @Override
    public void close() {
        closing = true;
        synchronized (this) {
            tickets.values().forEach(this::endPolitely);
        }
        long until = System.nanoTime() + END_PATIENCE.toNanos();
        for (Thread worker : workers) {
            try {
                worker.join(Math.max(1, (until - System.nanoTime()) / 1_000_000));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
