package io.cellferry.launch;

import io.cellferry.storage.StateFolder;
import java.util.List;

/// Where the batch framework keeps the books of one run, and what may be done about them.
///
/// An embedded one may be forgotten at any time, because it says nothing that the run's journal does not say better. A
/// shared one belongs to whoever runs the database and is never touched.
public record RunRepository(RepositoryAddress address, StateFolder folder, String runId, boolean embedded) {

    private static final String FOLDER = "repository";
    private static final List<String> ENDINGS = List.of(".mv.db", ".trace.db");

    static RunRepository of(MachineSettings settings, StateFolder state, String runId) {
        return settings.sharedRepository()
                .map(shared -> new RunRepository(RepositoryAddress.shared(shared), state, runId, false))
                .orElseGet(() -> embedded(state, runId));
    }

    /// The one in the state folder, whether it exists or not.
    public static RunRepository embedded(StateFolder state, String runId) {
        StateFolder folder = state.folder(FOLDER);
        return new RunRepository(RepositoryAddress.embedded(folder.path(), runId), folder, runId, true);
    }

    /// Removes an embedded repository; the next start rebuilds it from the journal.
    public void forget() {
        if (embedded) {
            ENDINGS.forEach(ending -> folder.delete(runId + ending));
        }
    }
}
