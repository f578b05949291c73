package io.cellferry.launch.http.dashboard;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A run that pretends to work: a few units at each tick, step by step, until it is done or stopped.
final class FakeRun {

    private static final long UNITS_A_TICK = 2;
    private static final long BYTES_OF_A_UNIT = 650_000;

    private final ObjectNode json;
    private int ticksUntilStopped;

    FakeRun(ObjectNode json) {
        this.json = json;
    }

    synchronized ObjectNode json() {
        return json.deepCopy();
    }

    synchronized boolean is(String... states) {
        return List.of(states).contains(json.get("state").asString());
    }

    synchronized void become(String state) {
        json.put("state", state);
        ticksUntilStopped = 5;
    }

    synchronized void tick() {
        if (is("stopping") && --ticksUntilStopped == 0) {
            json.putNull("progress");
            become("stopped");
        }
        if (!is("running") || !(json.get("progress") instanceof ObjectNode progress)) {
            return;
        }
        add(progress, "seconds", 0.1);
        for (JsonNode each : progress.get("steps")) {
            ObjectNode step = (ObjectNode) each;
            long left = step.get("plannedUnits").asLong()
                    - step.get("keptUnits").asLong()
                    - step.get("doneUnits").asLong();
            if (left > 0) {
                long units = Math.min(left, UNITS_A_TICK);
                step.put("state", units == left ? "done" : "running");
                add(step, "seconds", 0.1);
                progress.put("step", step.get("name").asString());
                for (ObjectNode counted : new ObjectNode[] {step, progress}) {
                    counted.put("doneUnits", counted.get("doneUnits").asLong() + units);
                    counted.put("writtenBytes", counted.get("writtenBytes").asLong() + units * BYTES_OF_A_UNIT);
                }
                progress.put("etaSeconds", 1 + left / 20);
                return;
            }
        }
        json.putNull("progress");
        json.put("endedAt", "2026-11-21T12:00:00Z");
        become("done");
    }

    private static void add(ObjectNode to, String name, double amount) {
        to.put(name, Math.round((to.get(name).asDouble() + amount) * 10) / 10.0);
    }
}
