package io.cellferry.launch;

import io.cellferry.failure.Refusal;
import io.cellferry.failure.RequestRefused;
import io.cellferry.failure.RoomExhausted;
import io.cellferry.jobs.ConversionJob;
import io.cellferry.jobs.JobPlan;
import io.cellferry.jobs.JobRequest;
import io.cellferry.jobs.MachineRoom;
import io.cellferry.jobs.NearestWord;
import io.cellferry.jobs.OptionValues;
import io.cellferry.storage.OutputHeading;
import io.cellferry.storage.OwnerRecord;
import io.cellferry.storage.RunFolders;
import io.cellferry.storage.StateFolder;
import io.cellferry.storage.UnfinishedRun;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Where runs of a service are asked for and asked about, by whomever: written down before they are promised, done in
/// turn by its [RunQueue], taken up again when the service starts after its own end.
///
/// What was accepted survives in the run records; work itself survives in the journals. A run that ended the service
/// [#MOST_ATTEMPTS] times is left alone: one poisoned input must not keep a service down.
public final class RunDesk implements AutoCloseable {

    static final int MOST_ATTEMPTS = 5;

    private final RunQueue queue;
    private final RunRecords records;
    private final RunListing listing;
    private final RunFolders folders;
    private final List<ConversionJob> jobs;
    private final MachineRoom room;
    private final Clock clock;

    /// `room` is what one run may use.
    public RunDesk(
            RunStarter starter,
            StateFolder state,
            RunFolders folders,
            List<ConversionJob> jobs,
            MachineRoom room,
            Clock clock) {
        this.records = new RunRecords(state);
        this.queue = new RunQueue(starter, records, room, clock);
        this.listing = new RunListing(records, folders);
        this.folders = folders;
        this.jobs = List.copyOf(jobs);
        this.room = room;
        this.clock = clock;
    }

    /// A run as it was accepted: `fresh` when work was begun or waits because of this very request.
    public record Accepted(RunState run, boolean fresh) {}

    /// Takes up what an earlier service left and begins to work, `runs` conversions at once. What was submitted here
    /// before waits already.
    public void start(int runs) {
        synchronized (queue) {
            List<RunRecord> inOrder = records.all().stream()
                    .sorted(Comparator.comparing(RunRecord::acceptedAt))
                    .toList();
            for (RunRecord record : inOrder) {
                boolean open =
                        record.end().equals(RunRecord.WAITING) || record.end().equals(RunRecord.RUNNING);
                if (record.ofService() && open && queue.ticket(record.id()).isEmpty()) {
                    takeUpAgain(record);
                }
            }
        }
        queue.start(runs);
    }

    private void takeUpAgain(RunRecord record) {
        if (record.attempts() >= MOST_ATTEMPTS) {
            records.write(record.ended(
                    clock.instant().toString(),
                    RunState.FAILED,
                    new RoomExhausted(
                            "The service ended %d times while it worked on this run.".formatted(record.attempts()),
                            "Look into its log and the machine's; then resume it by hand.")));
            return;
        }
        try {
            RunRequest run = wordsOf(record);
            RunIdentity now = RunIdentity.present(run);
            boolean known = records.find(now.id())
                    .filter(other -> !other.end().equals(RunRecord.REFUSED))
                    .isPresent();
            if (now.id().equals(record.id()) || !known) {
                queue.takeUp(
                        RunRecord.asked(now.id(), run, record.origin(), record.attempts(), record.acceptedAt()), run);
            }
            // What was accepted is taken up by its present name; unfinished work of the earlier one stays as it is.
            RunIdentity.requireSame(record.id(), run);
        } catch (Refusal changed) {
            records.write(record.ended(clock.instant().toString(), RunRecord.REFUSED, changed));
        }
    }

    /// Promises to do `run`. The same request again is the same run: begun again only if it is neither under way nor
    /// done. One that is done is begun again when its output is gone, or when it was made from another state of the
    /// input and `run` may replace it. Refuses what is wrong without a look at the input.
    public Accepted submit(RunRequest run, String origin) {
        run.check(room);
        RunIdentity identity = RunIdentity.of(run.request(), run.job().namedContent(run.request()));
        return submit(run, identity.id(), outdated(run, identity.id()), origin);
    }

    private static boolean outdated(RunRequest run, String id) {
        Path output = run.request().output();
        Optional<OutputHeading> own =
                OutputHeading.read(output).filter(made -> made.runId().equals(id));
        boolean gone = own.isPresent() && !Files.exists(output, LinkOption.NOFOLLOW_LINKS);
        return gone
                || run.replace()
                        && own.filter(made -> !made.input()
                                        .equals(run.job().stateOf(run.request().input())))
                                .isPresent();
    }

    private Accepted submit(RunRequest run, String id, boolean outdated, String origin) {
        synchronized (queue) { // No run ends between the look at it and what is made of that.
            Optional<RunState> known = find(id);
            boolean settled = known.map(RunState::state)
                    .filter(state -> state.equals(RunState.DONE) && !outdated
                            || state.equals(RunState.RUNNING)
                            || state.equals(RunState.WAITING)
                                    && queue.ticket(id).isPresent())
                    .isPresent();
            if (settled) {
                return new Accepted(known.get(), false);
            }
            RunRecord record =
                    RunRecord.asked(id, run, origin, 0, clock.instant().toString());
            queue.accept(record, run);
            return new Accepted(state(record), true);
        }
    }

    /// The run that waits or works for `output`, here or in another process.
    public Optional<String> underWay(Path output) {
        Optional<String> here = tickets().stream()
                .filter(ticket -> ticket.run().request().output().equals(output))
                .map(RunTicket::id)
                .findFirst();
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

    /// `ear` hears the id of every run that is accepted or ends from now on. It is called while the queue is locked and
    /// must only take note.
    public void tell(Consumer<String> ear) {
        queue.tell(ear);
    }

    /// The same request as that of an earlier run.
    public Accepted resume(String id, String origin) {
        RunRecord record = records.require(id);
        RunRequest run = wordsOf(record);
        RunIdentity.requireSame(record.id(), run);
        return submit(run, origin);
    }

    /// Asks a run to stop at its next unit; one that waits never begins. Runs of other processes are asked through
    /// their output. Empty when there is nothing to stop.
    public Optional<RunState> stop(String id) {
        synchronized (queue) {
            RunRecord record = records.require(id);
            if (!queue.stop(record.id())) {
                if (!state(record).state().equals(RunState.RUNNING)) {
                    return Optional.empty();
                }
                folders.requestStop(Path.of(record.output()), record.id());
            }
            return find(record.id());
        }
    }

    /// What is remembered of all runs of this machine, newest first.
    public List<RunRecord> records() {
        return records.all();
    }

    public Optional<RunState> find(String id) {
        return records.find(id).map(this::state);
    }

    /// How a run stands, from what lies on disk.
    public RunState state(RunRecord record) {
        return listing.state(record);
    }

    /// How far a run of this service is; empty when it neither waits nor works here.
    public Optional<RunTicket> ticket(String id) {
        return queue.ticket(id);
    }

    /// The runs that wait or work here, in the order in which they were accepted.
    public List<RunTicket> tickets() {
        return queue.tickets();
    }

    /// What this service has done since it started, for its meters. `endings` counts runs by the word of their record.
    public record Totals(long waiting, long running, long units, long bytes, Map<String, Long> endings) {}

    public Totals totals() {
        return queue.totals();
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

    /// What `run` would do, and what would keep it from starting.
    public JobPlan foretell(RunRequest run) {
        return Foretelling.of(run, room, folders);
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

    private RunRequest wordsOf(RunRecord record) {
        return request(
                record.job(), Path.of(record.input()), Path.of(record.output()), record.options(), record.replace());
    }

    /// Stops what works at its next unit and waits for that; all of it goes on when a service starts again.
    @Override
    public void close() {
        queue.close();
    }
}
