package io.cellferry.launch.http.api;

import io.cellferry.launch.RunDesk;
import io.cellferry.launch.RunTicket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;

/// Tells listeners how runs go on, twice a second, each run's state made once for all of them.
///
/// A listener keeps only the newest state of each run until it is fetched: whoever reads slowly misses steps between,
/// never the end, and holds up nobody.
final class RunFeed implements InitializingBean, DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(RunFeed.class);

    private static final Duration BEAT = Duration.ofMillis(500);

    private final RunDesk desk;
    private final RunViews views;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    /// Runs that were accepted or ended since the last beat: one that does both between two beats is told as well.
    private final Set<String> touched = ConcurrentHashMap.newKeySet();

    /// Those that cannot be looked at now. Only the beat uses it.
    private final Set<String> unseen = new HashSet<>();

    private final Thread beat = Thread.ofVirtual().name("run-feed").unstarted(this::beat);

    RunFeed(RunDesk desk, RunViews views) {
        this.desk = desk;
        this.views = views;
    }

    @Override
    public void afterPropertiesSet() {
        desk.tell(touched::add);
        beat.start();
    }

    @Override
    public void destroy() {
        beat.interrupt();
        listeners.forEach(Listener::close);
    }

    /// Hears of all runs, or of one.
    Listener listen(Optional<String> only) {
        Listener listener = new Listener(only);
        listeners.add(listener);
        return listener;
    }

    private void beat() {
        try {
            while (true) {
                Thread.sleep(BEAT);
                Set<String> news = new HashSet<>(touched);
                touched.removeAll(news);
                if (!listeners.isEmpty()) {
                    tell(news);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the service ends
        }
    }

    private void tell(Set<String> news) {
        for (RunTicket ticket : desk.tickets()) {
            news.remove(ticket.id()); // Its end will be news again.
            tellOrKeep(ticket.id(), () -> Optional.of(views.live(ticket)));
        }
        news.forEach(id -> tellOrKeep(id, () -> views.find(id)));
    }

    /// A run that cannot be looked at for a while costs its listeners that while, not all that comes after it, and the
    /// other runs nothing.
    private void tellOrKeep(String id, Supplier<Optional<RunView>> look) {
        try {
            look.get().ifPresent(this::publish);
            unseen.remove(id);
        } catch (RuntimeException unreadable) {
            touched.add(id);
            if (unseen.add(id)) { // Twice a second would fill a log on the disk that ails.
                LOG.warn("how run {} stands cannot be told; it is tried again", id, unreadable);
            }
        }
    }

    private void publish(RunView run) {
        listeners.forEach(listener -> listener.offer(run));
    }

    /// One client's ear.
    final class Listener implements AutoCloseable {
        private final Optional<String> only;
        private final Map<String, RunView> newest = new HashMap<>();
        private boolean closed;

        private Listener(Optional<String> only) {
            this.only = only;
        }

        private synchronized void offer(RunView run) {
            if (only.isEmpty() || only.get().equals(run.id())) {
                newest.put(run.id(), run);
                notifyAll();
            }
        }

        /// What is new, waiting for it as long as `patience`; empty when there was nothing.
        synchronized List<RunView> next(Duration patience) throws InterruptedException {
            if (newest.isEmpty() && !closed) {
                wait(patience.toMillis());
            }
            List<RunView> news = new ArrayList<>(newest.values());
            newest.clear();
            return news;
        }

        synchronized boolean closed() {
            return closed;
        }

        @Override
        public void close() {
            listeners.remove(this);
            synchronized (this) {
                closed = true;
                notifyAll();
            }
        }
    }
}
