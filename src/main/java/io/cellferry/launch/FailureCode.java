package io.cellferry.launch;

import io.cellferry.failure.InputRefused;
import io.cellferry.failure.OutputOwned;
import io.cellferry.failure.Refusal;
import io.cellferry.failure.RequestRefused;
import io.cellferry.failure.RoomExhausted;
import io.cellferry.failure.ServiceMissing;
import io.cellferry.failure.StorageFailed;

/// The stable words for why a run did not succeed, for scripts; people read message and remedy.
public final class FailureCode {

    public static final String DEFECT = "defect";

    private FailureCode() {}

    public static String of(Throwable reason) {
        if (!(reason instanceof Refusal refusal)) {
            return DEFECT;
        }
        return switch (refusal) {
            case RequestRefused request -> "request-refused";
            case InputRefused input -> "input-refused";
            case RoomExhausted room -> "no-room";
            case OutputOwned owned -> "output-owned";
            case StorageFailed storage -> "storage-failed";
            case ServiceMissing service -> "service-missing";
        };
    }

    public static String remedy(Throwable reason) {
        return reason instanceof Refusal refusal
                ? refusal.remedy()
                : "This is a defect of cellferry. Report it with the run's log.";
    }
}
