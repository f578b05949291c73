package io.cellferry.launch.http.security;

import io.cellferry.failure.StorageFailed;
import io.cellferry.storage.BoundedLog;
import io.cellferry.storage.StateFolder;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/// Who did or tried what: `audit.log` in the state folder, one JSON object a line, oldest first; older lines are in
/// `audit.log.1` and so on, 8 MB each, 80 MB in all.
///
/// Members: `time`, `token`, `role`, `address`, `method`, `route`, `status`, `run` where there is one. No query,
/// header or body is in it, so no secret can be. Refusals beyond 60 a minute from one address are only counted
/// (`unsaid` in the next line): a flood must not wash away what was done.
final class AuditLog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);

    private static final String FILE = "audit.log";
    private static final long MOST_BYTES = 8L << 20;
    private static final int KEPT_FILES = 10;
    private static final int REFUSALS_A_MINUTE = 60;
    private static final int LONGEST_TEXT = 200;

    private final BoundedLog log;
    private final Clock clock;
    private final JsonMapper json = JsonMapper.shared();
    private final Allowance refusals = new Allowance(REFUSALS_A_MINUTE, System::nanoTime);
    private final AtomicLong unsaid = new AtomicLong();

    AuditLog(StateFolder state, Clock clock) {
        this.log = state.log(FILE, MOST_BYTES, KEPT_FILES);
        this.clock = clock;
    }

    /// Empty texts are left out.
    record Entry(String token, String role, String address, String method, String route, int status, String run) {}

    void refused(Entry entry) {
        if (refusals.take(entry.address())) {
            write(entry);
        } else {
            unsaid.incrementAndGet();
        }
    }

    void write(Entry entry) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("time", clock.instant().toString());
        put(line, "token", entry.token());
        put(line, "role", entry.role());
        put(line, "address", entry.address());
        put(line, "method", entry.method());
        put(line, "route", entry.route());
        line.put("status", entry.status());
        put(line, "run", entry.run());
        long more = unsaid.getAndSet(0);
        if (more > 0) {
            line.put("unsaid", more);
        }
        try {
            log.append(json.writeValueAsString(line));
        } catch (StorageFailed | io.cellferry.failure.RoomExhausted broken) {
            LOG.error("the audit log cannot be written: {}", line, broken);
        }
    }

    private static void put(Map<String, Object> line, String name, String text) {
        if (!text.isEmpty()) {
            line.put(name, printable(text));
        }
    }

    /// What a terminal or a viewer of logs might take for a command is shown by its number.
    private static String printable(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(LONGEST_TEXT).forEach(one -> {
            boolean harmless =
                    switch (Character.getType(one)) {
                        case Character.CONTROL,
                                Character.FORMAT,
                                Character.SURROGATE,
                                Character.UNASSIGNED,
                                Character.PRIVATE_USE,
                                Character.LINE_SEPARATOR,
                                Character.PARAGRAPH_SEPARATOR -> false;
                        default -> true;
                    };
            shown.append(harmless ? Character.toString(one) : "<%04X>".formatted(one));
        });
        return shown.toString();
    }

    @Override
    public void close() {
        log.close();
    }
}
