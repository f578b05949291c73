package io.cellferry.launch;

import io.cellferry.failure.InputRefused;
import io.cellferry.failure.RequestRefused;
import io.cellferry.failure.StorageFailed;
import io.cellferry.jobs.JobRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// A run is its request: job, input, output, every option that changes bytes, and the tool's version.
///
/// The id is a hash of these in a canonical form, so the same request finds its unfinished run again, on any day and
/// with any number of threads. The content of the input is not part of it: a changed input must be noticed, not
/// silently start another run.
public record RunIdentity(String id, String canonicalRequest) {

    /// 64 bits: a collision among a million runs of one portal has odds of 1 in 37 million.
    private static final int ID_BYTES = 8;

    private static final String MOUNTED = "Check the path, and that the file system it lies on is mounted.";

    private static final JsonMapper JSON = JsonMapper.shared();

    /// `namedContent` is what files named by options say ([io.cellferry.jobs.ConversionJob#namedContent]).
    public static RunIdentity of(JobRequest request, String namedContent) {
        Map<String, Object> parts = new LinkedHashMap<>();
        parts.put("job", request.job());
        parts.put("input", real(request.input()).toString());
        parts.put("output", RealPath.ofOutput(request.output()).toString());
        parts.put("options", request.options().all());
        parts.put("named", hash(namedContent));
        parts.put("version", Version.TEXT);
        String canonical = JSON.writeValueAsString(parts);
        return new RunIdentity(hash(canonical), canonical);
    }

    /// What an earlier `run` means now. Refused where that cannot be known, as of a share that is away: links to it
    /// lead nowhere, and the run would seem to have become another one.
    static RunIdentity present(RunRequest run) {
        Path input = run.request().input();
        if (!Files.exists(input)) {
            throw InputRefused.ofAnotherState(
                    "%s: expected a file or folder to read, found nothing.".formatted(input), MOUNTED);
        }
        Path output = run.request().output();
        if (Optional.ofNullable(output.getParent()).flatMap(RealPath::of).isEmpty()) {
            throw new StorageFailed("%s: expected a folder around it, found nothing.".formatted(output), MOUNTED);
        }
        return of(run.request(), run.job().namedContent(run.request()));
    }

    /// Refuses to take `now` for the earlier run `id` when it has become another one: what goes on under an id must be
    /// what began under it.
    public static void requireSame(String id, RunRequest now) {
        RunIdentity identity = present(now);
        if (!identity.id().equals(id)) {
            throw new RequestRefused(
                    "Run %s cannot go on: expected its command to mean what it meant, found that it means run %s now, because this is another cellferry (%s), or a link or file that it names has changed."
                            .formatted(id, identity.id(), Version.TEXT),
                    "Bring that back, or give the command itself again; what is unfinished of this run is thrown away by `cellferry clean %s`."
                            .formatted(id));
        }
    }

    private static String hash(String text) {
        byte[] hash = sha256().digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash, 0, ID_BYTES);
    }

    // Two spellings of one file are one input; a missing file is refused later, by name.
    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path;
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
