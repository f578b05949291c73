package io.cellferry.launch.http.api;

import io.cellferry.launch.RunState;
import io.cellferry.launch.http.security.Needs;
import io.cellferry.launch.http.security.Role;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.json.JsonMapper;

/// Live progress as server-sent events: `event: run` with the run as data, at most twice a second, when it changed.
///
/// A run that rests is told once. The stream of one run ends with its last state; that of all runs ends with the
/// client. A client that comes back needs no memory of what it missed: the first event says how things stand.
@RestController
@Needs(Role.VIEWER)
@RequestMapping("/api/v1")
final class EventsController {

    /// Proxies close what is silent for a minute.
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private static final Set<String> AT_WORK = Set.of(RunState.WAITING, RunState.RUNNING, "stopping");

    private final RunViews views;
    private final RunFeed feed;
    private final JsonMapper json;

    EventsController(RunViews views, RunFeed feed, JsonMapper json) {
        this.views = views;
        this.feed = feed;
        this.json = json;
    }

    @Says("The progress of one run as server-sent events, until it ends.")
    @GetMapping(path = "/runs/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter ofOne(@PathVariable String id) throws IOException {
        views.require(id);
        return stream(Optional.of(id));
    }

    @Says("The progress of all runs as server-sent events.")
    @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter ofAll() throws IOException {
        return stream(Optional.empty());
    }

    private SseEmitter stream(Optional<String> only) throws IOException {
        SseEmitter emitter = new SseEmitter(0L); // ends when the run or the client does
        // Kept until the thread of the request hands the stream over, and sent by that one: the headers are out before
        // any other thread writes, and filters on their way back have none left to add in between. It also tells the
        // client at once that somebody listens.
        emitter.send(SseEmitter.event().comment("begins"));
        RunFeed.Listener listener = feed.listen(only);
        List<RunView> first = firstLook(listener, only);
        emitter.onCompletion(listener::close);
        emitter.onError(broken -> listener.close());
        Thread.ofVirtual().name("events").start(() -> send(emitter, listener, only, first));
        return emitter;
    }

    /// How the run stands, by a listener who hears already, so that nothing is missed before the first news. A run that
    /// cannot be looked at is refused like any other question about it.
    private List<RunView> firstLook(RunFeed.Listener listener, Optional<String> only) {
        try {
            return only.flatMap(views::find).map(List::of).orElse(List.of());
        } catch (RuntimeException unreadable) {
            listener.close();
            throw unreadable;
        }
    }

    private void send(SseEmitter emitter, RunFeed.Listener listener, Optional<String> only, List<RunView> first) {
        // The views are those that the feed made for all listeners.
        Map<String, RunView> said = new HashMap<>();
        long number = 0;
        try (listener) {
            List<RunView> news = first;
            while (!listener.closed()) {
                for (RunView run : news) {
                    boolean over = !AT_WORK.contains(run.state());
                    if (!run.equals(said.put(run.id(), run))) {
                        emitter.send(SseEmitter.event()
                                .id(Long.toString(++number))
                                .name("run")
                                .data(json.writeValueAsString(run), MediaType.APPLICATION_JSON));
                    }
                    if (over) {
                        said.remove(run.id());
                        if (only.isPresent()) {
                            emitter.complete();
                            return;
                        }
                    }
                }
                news = listener.next(HEARTBEAT);
                if (news.isEmpty() && !listener.closed()) {
                    emitter.send(SseEmitter.event().comment("still here"));
                }
            }
            emitter.complete();
        } catch (IOException | RuntimeException gone) {
            end(emitter, gone); // the client went away
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void end(SseEmitter emitter, Exception why) {
        try {
            emitter.completeWithError(why);
        } catch (IllegalStateException over) {
            // The server has noticed before, and ended the request.
        }
    }
}
