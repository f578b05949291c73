package io.cellferry.failure;

/// Why a run cannot go on, said to the person who can do something about it.
///
/// The message says where, what was expected and what was found; the remedy says what to do. Every
/// kind has one exit code, so a script can tell who has to act.
public abstract sealed class Refusal extends RuntimeException
        permits InputRefused, RequestRefused, RoomExhausted, OutputOwned, StorageFailed, ServiceMissing {

    private static final long serialVersionUID = 1L;

    private final String remedy;

    Refusal(String found, String remedy) {
        super(found);
        this.remedy = remedy;
    }

    Refusal(String found, String remedy, Throwable cause) {
        super(found, cause);
        this.remedy = remedy;
    }

    /// What to do about it, one or two sentences.
    public String remedy() {
        return remedy;
    }

    /// The process exit code of a run that ends with this refusal.
    public abstract int exitCode();
}
