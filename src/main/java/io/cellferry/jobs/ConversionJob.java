package io.cellferry.jobs;

import io.cellferry.failure.Problem;
import io.cellferry.page.Picture;
import io.cellferry.storage.InputFingerprint;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// One kind of conversion, as `launch` sees it: its name, its options, what it says before it starts, and its
/// batch steps.
///
/// Implementations are found through `ServiceLoader`, so a new job touches nothing outside its own folder. Everything
/// but the batch steps works without the batch framework: `inspect`, `plan` and `verify` must answer at once.
public interface ConversionJob {

    /// The job's name in job files and in the job repository. Published: renaming it breaks runs that wait to resume.
    String name();

    /// The command line's word for it.
    String verb();

    /// One line for `--help`.
    String summary();

    /// What a request may say, in the order help shows it.
    List<OptionRule> options();

    /// Refuses options that contradict each other or say something impossible, before any input is opened.
    void check(JobRequest request);

    /// What decides the output's bytes besides the words of the request: the content of a file that an option names,
    /// for example. Part of the run's identity.
    default String namedContent(JobRequest request) {
        return "";
    }

    /// Files beside the input that the request makes this job read. A service asks before it lets a request name them.
    default List<Path> namedFiles(JobRequest request) {
        return List.of();
    }

    /// The state of `input` as far as this job reads it: only from the same one goes a waiting run on. What lies beside
    /// that and is not read may come and go.
    default InputFingerprint stateOf(Path input) {
        return InputFingerprint.of(input);
    }

    /// Whether nothing may be published when the state of the input at the end is not that at the beginning. A job that
    /// can tell which part of its output a change concerns sees to it itself.
    default boolean needsSameInputAtEnd() {
        return true;
    }

    /// What is in `input`, or empty when this job does not read such inputs; `part` is made of [ChosenPart#RULES].
    Optional<FactSheet> inspect(Path input, OptionValues part);

    /// Everything foreseen for `request` on this machine: all refusals and limits at once, files, bytes, memory,
    /// scratch.
    JobPlan plan(JobRequest request, MachineRoom room);

    /// What has to be known of `request` before a run starts: the same refusals as [#plan], and the settled plan. What
    /// only people want to know, and costs time, may be left out.
    default JobPlan admit(JobRequest request, MachineRoom room) {
        return plan(request, room);
    }

    /// Whether the output of `request` is one file and no folder.
    default boolean writesOneFile(JobRequest request) {
        return false;
    }

    /// The job's batch steps, made anew for whoever asks.
    JobSteps steps();

    /// Whether `output` looks like something this job writes.
    boolean recognises(Path output);

    /// Checks `output` by the strict rules of its format, and against `input` where one is given. The comparison of
    /// files with their manifest is not part of this.
    List<Problem> verify(Path output, Optional<Path> input, CheckDepth depth);

    /// Pictures of a published output, drawn from its very bytes, for the report of a run. Bounded memory, whatever the
    /// output; gives up when its thread is interrupted, because it took too long.
    default List<Picture> pictures(Path output) {
        return List.of();
    }

    /// The names within a published `output` that people and viewers open one by one; none where they open the output
    /// itself.
    default List<String> opened(Path output) {
        return List.of();
    }

    /// Writes the catalogue of a folder of outputs (`datasets.json`), or is empty when the format has none. Returns
    /// the file.
    default Optional<Path> writeCatalogue(Path folder, Optional<String> defaultId) {
        return Optional.empty();
    }

    /// What the catalogue of its folder says of a finished `output`; empty when viewers list no such output.
    default Optional<CatalogueEntry> catalogueEntry(Path output) {
        return Optional.empty();
    }

    /// The text that [#writeCatalogue] writes, for `entries` that this job made. `first` is the id of the one shown
    /// first.
    default byte[] catalogue(List<CatalogueEntry> entries, String first) {
        throw new IllegalStateException("outputs of %s have no catalogue".formatted(name()));
    }
}
