package io.cellferry.cellucid;

import io.cellferry.cellucid.json.Json;
import io.cellferry.cellucid.json.PythonJson;
import java.util.List;
import java.util.Map;

/// Says where one JSON value differs from what it has to be, member by member. The order of members does not matter.
final class JsonDifference {

    /// A broken manifest may differ everywhere; more lines than this help nobody.
    private static final int MOST = 50;

    private final Findings findings;
    private final String file;
    private int found;

    private JsonDifference(Findings findings, String file) {
        this.findings = findings;
        this.file = file;
    }

    static void report(String file, Json expected, Json actual, Findings findings) {
        new JsonDifference(findings, file).compare("", expected, actual);
    }

    private void compare(String path, Json expected, Json actual) {
        if (found >= MOST || expected.equals(actual)) {
            return;
        }
        if (expected instanceof Json.Members want && actual instanceof Json.Members have) {
            members(path, want, have);
        } else if (expected instanceof Json.Array want
                && actual instanceof Json.Array have
                && want.items().size() == have.items().size()) {
            items(path, want.items(), have.items());
        } else {
            add(path, "expected %s, found %s.".formatted(shown(expected), shown(actual)));
        }
    }

    private void members(String path, Json.Members want, Json.Members have) {
        for (Map.Entry<String, Json> member : want.byName().entrySet()) {
            String at = path.isEmpty() ? member.getKey() : path + "." + member.getKey();
            have.find(member.getKey())
                    .ifPresentOrElse(
                            actual -> compare(at, member.getValue(), actual),
                            () -> add(at, "expected %s, found nothing.".formatted(shown(member.getValue()))));
        }
        for (String name : have.byName().keySet()) {
            if (want.find(name).isEmpty()) {
                add(path.isEmpty() ? name : path + "." + name, "no such member may be here.");
            }
        }
    }

    private void items(String path, List<Json> want, List<Json> have) {
        for (int i = 0; i < want.size(); i++) {
            compare("%s[%d]".formatted(path, i), want.get(i), have.get(i));
        }
    }

    private void add(String path, String text) {
        if (found++ < MOST) {
            findings.add("cellucid.manifest.differs", file + (path.isEmpty() ? "" : ": " + path), text);
        }
    }

    private static String shown(Json value) {
        String text = PythonJson.line(value);
        return text.length() > 120 ? text.substring(0, 120) + "…" : text;
    }
}
