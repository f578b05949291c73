package io.cellferry.launch.http.api;

import io.cellferry.failure.InputRefused;
import io.cellferry.failure.OutputOwned;
import io.cellferry.failure.Refusal;
import io.cellferry.failure.RequestRefused;
import io.cellferry.failure.RoomExhausted;
import io.cellferry.failure.ServiceMissing;
import io.cellferry.failure.StorageFailed;
import io.cellferry.launch.DataRoots;
import io.cellferry.launch.FailureCode;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/// Says every failure as problem details: what is wrong, a stable `code`, and a `remedy`. A defect is told by a number
/// that stands in the log; nothing of its inside leaves the service.
@RestControllerAdvice
final class Problems extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private final DataRoots roots;

    Problems(DataRoots roots) {
        this.roots = roots;
    }

    private static final String CODE = "code";
    private static final String REMEDY = "remedy";

    /// There is no such thing. `remedy` says where to look.
    static final class NotThere extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotThere(String what) {
            super(what);
        }
    }

    /// The thing is not in the state that the request needs.
    static final class Conflict extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String remedy;

        Conflict(String what, String remedy) {
            super(what);
            this.remedy = remedy;
        }
    }

    @ExceptionHandler(Refusal.class)
    ResponseEntity<ProblemDetail> refused(Refusal refusal) {
        HttpStatus status =
                switch (refusal) {
                    case RequestRefused request -> HttpStatus.BAD_REQUEST;
                    case InputRefused input -> HttpStatus.UNPROCESSABLE_CONTENT;
                    case OutputOwned owned -> HttpStatus.CONFLICT;
                    case RoomExhausted room -> HttpStatus.SERVICE_UNAVAILABLE;
                    case ServiceMissing service -> HttpStatus.SERVICE_UNAVAILABLE;
                    case StorageFailed storage -> HttpStatus.INTERNAL_SERVER_ERROR;
                };
        return problem(
                status,
                FailureCode.of(refusal),
                roots.withoutFolders(String.valueOf(refusal.getMessage())),
                roots.withoutFolders(refusal.remedy()));
    }

    @ExceptionHandler(NotThere.class)
    ResponseEntity<ProblemDetail> notThere(NotThere missing) {
        return problem(
                HttpStatus.NOT_FOUND,
                "not-found",
                String.valueOf(missing.getMessage()),
                "GET /api/v1/runs and /api/v1/jobs list what there is.");
    }

    @ExceptionHandler(Conflict.class)
    ResponseEntity<ProblemDetail> conflict(Conflict conflict) {
        return problem(HttpStatus.CONFLICT, "conflict", String.valueOf(conflict.getMessage()), conflict.remedy);
    }

    @ExceptionHandler(RuntimeException.class)
    ResponseEntity<ProblemDetail> defect(RuntimeException defect) {
        String number = UUID.randomUUID().toString();
        LOG.error("defect {} while answering a request", number, defect);
        return problem(
                HttpStatus.INTERNAL_SERVER_ERROR,
                FailureCode.DEFECT,
                "A defect of cellferry; the service's log has it as %s.".formatted(number),
                "Report it with that part of the log.");
    }

    /// What the framework refuses itself: unreadable bodies, unknown methods and media types.
    @Override
    protected ResponseEntity<Object> handleExceptionInternal(
            Exception thrown,
            @org.jspecify.annotations.Nullable Object body,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        boolean missing = status.value() == HttpStatus.NOT_FOUND.value();
        ProblemDetail problem = body instanceof ProblemDetail said ? said : ProblemDetail.forStatus(status);
        UnreadableRequest.detail(thrown)
                .or(() -> missing ? Optional.of("There is nothing at this address.") : Optional.empty())
                .ifPresent(problem::setDetail);
        problem.setProperty(CODE, missing ? "not-found" : "request-refused");
        problem.setProperty(REMEDY, "GET /api/v1/openapi.json describes every address.");
        return ResponseEntity.status(status).headers(headers).body(problem);
    }

    private static ResponseEntity<ProblemDetail> problem(HttpStatus status, String code, String detail, String remedy) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setProperty(CODE, code);
        problem.setProperty(REMEDY, remedy);
        var answer = ResponseEntity.status(status);
        if (status == HttpStatus.SERVICE_UNAVAILABLE) {
            answer.header(HttpHeaders.RETRY_AFTER, "30");
        }
        return answer.body(problem);
    }
}
