package io.cellferry.launch;

import io.cellferry.failure.InputRefused;
import io.cellferry.failure.Problem;
import io.cellferry.failure.Refusal;
import io.cellferry.failure.RequestRefused;
import io.cellferry.jobs.JobPlan;
import io.cellferry.jobs.MachineRoom;
import io.cellferry.storage.RunFolders;
import io.cellferry.storage.RunTarget;

/// What a run would do and what would keep it from starting: the plan of its job, and what lies in the place of its
/// output. Nothing is written.
public final class Foretelling {

    private Foretelling() {}

    public static JobPlan of(RunRequest run, MachineRoom room, RunFolders folders) {
        run.check(room);
        JobPlan plan = run.job().plan(run.request(), room);
        RunTarget target;
        try {
            RunIdentity identity = RunIdentity.of(run.request(), run.job().namedContent(run.request()));
            target = RunStarter.target(
                    run, identity, run.job().stateOf(run.request().input()), room);
        } catch (Refusal known) {
            return plan; // The plan says what is wrong with the input and with files that options name.
        }
        try {
            folders.requireRoom(target);
            return plan;
        } catch (RequestRefused refusal) {
            return plan.with(problem("request.output", target, refusal));
        } catch (InputRefused refusal) {
            return plan.with(problem("input.changed", target, refusal));
        }
    }

    private static Problem problem(String code, RunTarget target, Refusal refusal) {
        String place = target.output().toString();
        String found = String.valueOf(refusal.getMessage());
        String named = place + ": ";
        return Problem.refusal(
                code, place, found.startsWith(named) ? found.substring(named.length()) : found, refusal.remedy());
    }
}
