package io.cellferry.failure;

/// One finding of `inspect`, `plan` or `verify`, listed together with all others.
///
/// `code` is stable and meant for scripts (`input.indptr.decreasing`); `where` names the file part,
/// `found` says what was expected and what is there, `remedy` what to do.
public record Problem(Severity severity, String code, String where, String found, String remedy) {

    public enum Severity {
        /// The run cannot work.
        REFUSAL,
        /// The run works, but the result may surprise or a viewer may not take it.
        WARNING,
        /// Worth knowing.
        NOTE
    }

    public static Problem refusal(String code, String where, String found, String remedy) {
        return new Problem(Severity.REFUSAL, code, where, found, remedy);
    }

    public static Problem warning(String code, String where, String found, String remedy) {
        return new Problem(Severity.WARNING, code, where, found, remedy);
    }

    public static Problem note(String code, String where, String found, String remedy) {
        return new Problem(Severity.NOTE, code, where, found, remedy);
    }

    public boolean refuses() {
        return severity == Severity.REFUSAL;
    }
}
