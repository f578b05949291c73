package io.cellferry.launch;

import io.cellferry.failure.Refusal;
import io.cellferry.failure.RequestRefused;
import io.cellferry.failure.RoomExhausted;
import io.cellferry.jobs.ConversionJob;
import io.cellferry.jobs.JobRequest;
import io.cellferry.jobs.MachineRoom;
import io.cellferry.jobs.NearestWord;
import io.cellferry.jobs.OptionValues;
import io.cellferry.storage.InputFingerprint;
import io.cellferry.storage.OutputManifest;
import io.cellferry.storage.OwnerRecord;
import io.cellferry.storage.RunFolders;
import io.cellferry.storage.StateFolder;
import io.cellferry.storage.UnfinishedRun;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
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

/// The runs of a service, whoever asked for them: written down before they are promised, done in turn, taken up again
/// when the service starts after its own end.
///
/// What was accepted survives in the run records; work itself survives in the journals. A run that ended the service
/// [#MOST_ATTEMPTS] times is left alone: one poisoned input must not keep a service down.
public final class RunDesk implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunDesk.class);

    static final int MOST_ATTEMPTS = 5;
    /// More than anybody waits for; each is one small record.
    private static final int MOST_WAITING = 1000;

    /// How soon an idle worker notices that the service ends.
    private static final long LOOK_MILLIS = 200;

    private static final Duration END_PATIENCE = Duration.ofSeconds(25);

    private final RunStarter starter;
    private final RunRecords records;
    private final RunListing listing;
    private final RunFolders folders;
    private final List<ConversionJob> jobs;
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
    public RunDesk(
            RunStarter starter,
            StateFolder state,
            RunFolders folders,
            List<ConversionJob> jobs,
            MachineRoom room,
            Clock clock) {
        this.starter = starter;
        this.records = new RunRecords(state);
        this.listing = new RunListing(records, folders);
        this.folders = folders;
        this.jobs = List.copyOf(jobs);
        this.room = room;
        this.clock = clock;
    }

    /// A run as it was accepted: `fresh` when work was begun or waits because of this very request.
    public record Accepted(RunState run, boolean fresh) {}

    /// Takes up what an earlier service left and begins to work, `runs` conversions at once.
    public void start(int runs) {
        for (RunRecord record : records.all().reversed()) {
            boolean open =
                    record.end().equals(RunRecord.WAITING) || record.end().equals(RunRecord.RUNNING);
            if (record.ofService() && open) {
                takeUpAgain(record);
            }
        }
        for (int i = 0; i < runs; i++) {
            workers.add(Thread.ofPlatform().name("run-" + i).start(this::work));
        }
    }

    private synchronized void takeUpAgain(RunRecord record) {
        int attempts = record.attempts() + (record.end().equals(RunRecord.RUNNING) ? 1 : 0);
        if (attempts >= MOST_ATTEMPTS) {
            records.write(record.ended(
                    clock.instant().toString(),
                    RunState.FAILED,
                    new RoomExhausted(
                            "The service ended %d times while it worked on this run.".formatted(attempts),
                            "Look into its log and the machine's; then resume it by hand.")));
            return;
        }
        try {
            RunRequest run = requestOf(record);
            enqueue(RunRecord.asked(record.id(), run, record.origin(), attempts, record.startedAt()), run);
        } catch (Refusal changed) {
            records.write(record.ended(clock.instant().toString(), RunRecord.REFUSED, changed));
        }
    }

    /// Promises to do `run`. The same request again is the same run: begun again only if it is neither under way nor
    /// done. One that is done is begun again when its output is gone, or when it was made from another state of the
    /// input and `run` may replace it. Refuses what is wrong without a look at the input.
    public Accepted submit(RunRequest run, String origin) {
        run.job().check(run.request());
        RunIdentity identity = RunIdentity.of(run.request(), run.job().namedContent(run.request()));
        return submit(run, identity.id(), outdated(run, identity.id()), origin);
    }

    private static boolean outdated(RunRequest run, String id) {
        Path output = run.request().output();
        Optional<OutputManifest> own =
                OutputManifest.read(output).filter(made -> made.runId().equals(id));
        boolean gone = own.isPresent() && !Files.exists(output, LinkOption.NOFOLLOW_LINKS);
        return gone
                || run.replace()
                        && own.filter(made -> !made.input()
                                        .equals(InputFingerprint.of(
                                                run.request().input())))
                                .isPresent();
    }

    private synchronized Accepted submit(RunRequest run, String id, boolean outdated, String origin) {
        Optional<RunState> known = find(id);
        boolean settled = known.map(RunState::state)
                .filter(state -> state.equals(RunState.DONE) && !outdated
                        || state.equals(RunState.RUNNING)
                        || state.equals(RunState.WAITING) && tickets.containsKey(id))
                .isPresent();
        if (settled) {
            return new Accepted(known.get(), false);
        }
        if (waiting.size() >= MOST_WAITING) {
            throw new RoomExhausted("%,d runs wait already.".formatted(MOST_WAITING), "Ask again when some are done.");
        }
        RunRecord record = RunRecord.asked(id, run, origin, 0, clock.instant().toString());
        enqueue(record, run);
        return new Accepted(state(record), true);
    }

    /// The run that waits or works for `output`, here or in another process.
    public Optional<String> underWay(Path output) {
        Optional<String> here;
        synchronized (this) {
            here = tickets.values().stream()
                    .filter(ticket -> ticket.run().request().output().equals(output))
                    .map(RunTicket::id)
                    .findFirst();
        }
        return here.or(() ->
                folders.owner(output).filter(owner -> folders.isOwned(output)).map(OwnerRecord::runId));
    }

    /// The unfinished runs for `output`, under way or not.
    public List<UnfinishedRun> unfinished(Path output) {
        return Optional.ofNullable(output.getParent()).stream()
                .flatMap(folder -> folders.unfinished(folder).stream())
                .filter(run -> run.start()
                        .filter(start -> start.output().equals(output))
                        .isPresent())
                .toList();
    }

    private void enqueue(RunRecord record, RunRequest run) {
        records.write(record);
        RunTicket ticket = new RunTicket(record, run);
        tickets.put(record.id(), ticket);
        waiting.add(ticket);
        told.forEach(ear -> ear.accept(record.id()));
    }

    /// `ear` hears the id of every run that is accepted or ends from now on. It is called while the desk is locked and
    /// must only take note.
    public void tell(Consumer<String> ear) {
        told.add(ear);
    }

    /// The same request as that of an earlier run.
    public Accepted resume(String id, String origin) {
        return submit(requestOf(records.require(id)), origin);
    }

    /// Asks a run to stop at its next unit; one that waits never begins. Runs of other processes are asked through
    /// their output. Empty when there is nothing to stop.
    public synchronized Optional<RunState> stop(String id) {
        RunRecord record = records.require(id);
        RunTicket ticket = tickets.get(record.id());
        if (ticket != null) {
            ticket.stop();
            if (waiting.remove(ticket)) {
                tickets.remove(record.id());
                records.write(record.ended(clock.instant().toString(), RunState.STOPPED));
                told.forEach(ear -> ear.accept(record.id()));
            }
        } else if (state(record).state().equals(RunState.RUNNING)) {
            folders.requestStop(Path.of(record.output()), record.id());
        } else {
            return Optional.empty();
        }
        return find(record.id());
    }

    /// All runs of this machine, newest first.
    public List<RunState> all() {
        return listing.all();
    }

    public Optional<RunState> find(String id) {
        return records.find(id).map(this::state);
    }

    private RunState state(RunRecord record) {
        return listing.state(record);
    }

    /// How far a run of this service is; empty when it neither waits nor works here.
    public synchronized Optional<RunTicket> ticket(String id) {
        return Optional.ofNullable(tickets.get(id));
    }

    /// The runs that wait or work here, in the order in which they were accepted.
    public synchronized List<RunTicket> tickets() {
        return List.copyOf(tickets.values());
    }

    /// What this service has done since it started, for its meters. `endings` counts runs by the word of their record.
    public record Totals(long waiting, long running, long units, long bytes, Map<String, Long> endings) {}

    public synchronized Totals totals() {
        long running = tickets.values().stream()
                .filter(one -> one.begunAt().isPresent())
                .count();
        return new Totals(
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

    public ConversionJob job(String name) {
        List<String> names = jobs.stream().map(ConversionJob::name).toList();
        return jobs.stream()
                .filter(job -> job.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new RequestRefused(
                        "There is no job \"%s\".".formatted(name),
                        "The nearest is \"%s\".".formatted(NearestWord.to(name, names))));
    }

    public List<ConversionJob> jobs() {
        return jobs;
    }

    /// What one run may use.
    public MachineRoom room() {
        return room;
    }

    /// A request by the names and texts that a job file or a person gives. Both paths are absolute.
    public RunRequest request(String job, Path input, Path output, Map<String, List<String>> options, boolean replace) {
        ConversionJob found = job(job);
        return new RunRequest(
                found, new JobRequest(found.name(), input, output, OptionValues.of(found.options(), options)), replace);
    }

    private RunRequest requestOf(RunRecord record) {
        return request(
                record.job(), Path.of(record.input()), Path.of(record.output()), record.options(), record.replace());
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
            ticket.begin();
            DataRoots.requireUnmoved(ticket.run().request().input(), "input");
            DataRoots.requireUnmoved(ticket.run().request().output(), "output");
            RunOutcome outcome = starter.start(
                    ticket.run(), room, ticket.progress(), ticket::stopAsked, (id, resumed, kept, log) -> {});
            settle(ticket, outcome);
        } catch (Refusal refused) {
            end(ticket, record -> record.ended(clock.instant().toString(), RunRecord.REFUSED, refused));
        } catch (RuntimeException | Error defect) {
            LOG.error("run {} ended by a defect", ticket.id(), defect);
            end(ticket, record -> record.ended(clock.instant().toString(), RunState.FAILED, defect));
        }
    }

    private void settle(RunTicket ticket, RunOutcome outcome) {
        if (outcome.end() == RunOutcome.End.STOPPED && closing && !ticket.stopAskedByPerson()) {
            // Nobody asked for that but the service's own end: the next one goes on with it.
            end(
                    ticket,
                    record -> RunRecord.asked(
                            record.id(), ticket.run(), record.origin(), record.attempts(), record.startedAt()));
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
        records.find(ticket.id()).ifPresent(record -> {
            RunRecord ended = how.apply(record);
            endings.merge(ended.end(), 1L, Long::sum);
            // The record belongs to whoever asked for the same run again while this attempt was ending.
            if (newest && !ended.equals(record)) {
                records.write(ended);
            }
        });
        told.forEach(ear -> ear.accept(ticket.id()));
    }

    /// Stops what works at its next unit and waits for that; all of it goes on when a service starts again.
    @Override
    public void close() {
        closing = true;
        synchronized (this) {
            tickets.values().forEach(RunTicket::end);
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
