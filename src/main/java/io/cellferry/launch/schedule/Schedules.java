package io.cellferry.launch.schedule;

import io.cellferry.failure.Refusal;
import io.cellferry.failure.RequestRefused;
import io.cellferry.failure.ServiceMissing;
import io.cellferry.launch.DataRoots;
import io.cellferry.launch.FailureCode;
import io.cellferry.launch.RunDesk;
import io.cellferry.launch.RunRequest;
import io.cellferry.launch.ServiceDatabase;
import io.cellferry.launch.jobfile.JobFile;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedRuntimeException;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/// Follows a folder of job files and launches what their schedules and watched folders ask for: one thread that looks
/// once a second.
///
/// A broken file, a folder that is away or a database that does not answer is told ([#states], [#problem], the log) and
/// tried again; nothing of it ends the thread. It is never interrupted: an interrupt would close the database under it.
public final class Schedules implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Schedules.class);

    private static final long LOOK_MILLIS = 1000;
    private static final long END_PATIENCE_MILLIS = 25_000;

    private final JobFolder folder;
    private final Ledger ledger;
    private final Launching launching;
    private final Clock clock;
    private final InstantSource steady;
    private final Map<String, Followed> followed = new HashMap<>();
    private final Map<String, JobFile> followedFiles = new HashMap<>();
    private final ProblemsTold told = new ProblemsTold(LOG::warn);
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile List<JobFileState> states = List.of();
    private volatile Optional<JobFileProblem> problem = Optional.empty();
    private @Nullable Thread thread;

    /// `clock` tells the time of day, `steady` how long something took: what nobody can set.
    Schedules(
            Path jobFiles,
            Ledger ledger,
            RunDesk desk,
            DataRoots roots,
            Launching.Acceptance acceptance,
            Clock clock,
            InstantSource steady) {
        this.folder = new JobFolder(jobFiles, clock);
        this.ledger = ledger;
        this.launching = new Launching(desk, roots, folder.path(), acceptance);
        this.clock = clock;
        this.steady = steady;
    }

    /// Refuses a state folder that another service uses. `database` is closed by whoever opened it, later than this.
    public static Schedules open(Path jobFiles, ServiceDatabase database, RunDesk desk, DataRoots roots, Clock clock) {
        Ledger ledger = new Ledger(database, hostName(), clock);
        ledger.open();
        return new Schedules(jobFiles, ledger, desk, roots, desk::submit, clock, sinceStart());
    }

    /// Counts from the epoch, and not at all while the machine sleeps.
    private static InstantSource sinceStart() {
        long start = System.nanoTime();
        return () -> Instant.EPOCH.plusNanos(System.nanoTime() - start);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost"; // For people who read the ledger; nothing depends on it.
        }
    }

    public void start() {
        thread = Thread.ofPlatform().name("schedules").start(this::follow);
    }

    private void follow() {
        try {
            do {
                try {
                    turn();
                } catch (RuntimeException defect) {
                    LOG.error("following the job files failed; it is tried again", defect);
                }
            } while (!closing.await(LOOK_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the process ends
        }
    }

    /// One look at everything.
    void turn() {
        Instant now = clock.instant();
        Map<String, JobFolder.Read> files = folder.look();
        Optional<JobFileProblem> found = folder.problem().map(launching::problem);
        Optional<JobFileProblem> away = alive();
        List<JobFileState> all = new ArrayList<>();
        Map<Path, String> outputs = new HashMap<>();
        followed.keySet().retainAll(files.keySet());
        followedFiles.keySet().retainAll(files.keySet());
        for (Map.Entry<String, JobFolder.Read> file : files.entrySet()) {
            all.add(state(file.getKey(), file.getValue(), outputs, away, now));
        }
        problem = away.or(() -> found);
        states = List.copyOf(all);
        if (away.isEmpty()) { // That is told once for all of them.
            told.look(states);
        }
    }

    private Optional<JobFileProblem> alive() {
        try {
            ledger.beat();
            return Optional.empty();
        } catch (DataAccessException | TransactionException e) {
            return Optional.of(away(e));
        }
    }

    private JobFileProblem away(NestedRuntimeException e) {
        if (problem.isEmpty()) {
            LOG.warn("the ledger of schedules does not answer; nothing is launched until it does", e);
        }
        return launching.problem(new ServiceMissing(
                "The database with the ledger of schedules does not answer: %s"
                        .formatted(e.getMostSpecificCause().getMessage()),
                "Start it; what is missed meanwhile is made up for as each file says.",
                e));
    }

    private JobFileState state(
            String name, JobFolder.Read read, Map<Path, String> outputs, Optional<JobFileProblem> away, Instant now) {
        Optional<JobFile> file = read.job();
        if (file.isEmpty()) {
            followed.remove(name);
            followedFiles.remove(name);
            return JobFileState.of(name, file, read.refused().map(launching::problem));
        }
        Optional<Followed> one = followed(name, file.get());
        if (one.isEmpty()) {
            return JobFileState.of(name, file, standing(file.get()));
        }
        String sharer = outputs.putIfAbsent(file.get().output(), name);
        if (sharer != null) {
            return JobFileState.of(
                    name,
                    file,
                    Optional.of(launching.problem(new RequestRefused(
                            "%s writes the same output as %s.".formatted(name, sharer),
                            "Choose another output, or remove one of the files."))));
        }
        return away.isPresent() ? told(one.get(), away, now) : followed(one.get(), now);
    }

    private JobFileState followed(Followed one, Instant now) {
        try {
            one.turn(now);
            return one.state(now);
        } catch (DataAccessException | TransactionException e) {
            return told(one, Optional.of(away(e)), now);
        } catch (RuntimeException defect) {
            LOG.error("following {} failed", one.state(now).file(), defect);
            return told(
                    one,
                    Optional.of(new JobFileProblem(
                            FailureCode.of(defect), String.valueOf(defect.getMessage()), FailureCode.remedy(defect))),
                    now);
        }
    }

    private static JobFileState told(Followed one, Optional<JobFileProblem> problem, Instant now) {
        JobFileState state = one.state(now);
        return new JobFileState(state.file(), state.job(), problem, state.next(), state.last(), state.arrivals());
    }

    /// What would be refused if somebody ran it now, without a look at the input.
    private Optional<JobFileProblem> standing(JobFile file) {
        try {
            launching.request(file, false);
            return Optional.empty();
        } catch (Refusal refusal) {
            return Optional.of(launching.problem(refusal));
        }
    }

    private Optional<Followed> followed(String name, JobFile file) {
        if (!file.equals(followedFiles.get(name))) {
            followed.remove(name);
            file.schedule()
                    .ifPresent(times -> followed.put(name, new FollowedSchedule(name, file, times, ledger, launching)));
            file.watch()
                    .ifPresent(watch ->
                            followed.put(name, new FollowedWatch(name, file, watch, ledger, launching, steady)));
            followedFiles.put(name, file);
        }
        return Optional.ofNullable(followed.get(name));
    }

    /// The job files as they stood at the last look, by name.
    public List<JobFileState> states() {
        return states;
    }

    /// What the job file of that name says, as a request; empty when there is no such file. Refused when it cannot be
    /// run as it is.
    public Optional<RunRequest> request(String name) {
        return states.stream()
                .filter(state -> state.file().equals(name))
                .findFirst()
                .map(state -> launching.request(
                        state.job()
                                .filter(job -> job.watch().isEmpty())
                                .orElseThrow(() -> new RequestRefused(
                                        state.problem()
                                                .map(JobFileProblem::detail)
                                                .orElse("%s waits for files to arrive.".formatted(name)),
                                        state.problem()
                                                .map(JobFileProblem::remedy)
                                                .orElse("Put a file into the folder that it watches."))),
                        false));
    }

    /// What keeps all of them from being followed: the folder or the database is away.
    public Optional<JobFileProblem> problem() {
        return problem;
    }

    /// Waits for the look that is under way. Nothing that was claimed is lost with it.
    @Override
    public void close() {
        closing.countDown();
        Thread following = thread;
        if (following != null) {
            try {
                following.join(END_PATIENCE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        try {
            ledger.close();
        } catch (DataAccessException | TransactionException e) {
            LOG.info("the ledger went away before the service", e);
        }
    }
}
