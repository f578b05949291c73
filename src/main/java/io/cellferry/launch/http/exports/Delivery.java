package io.cellferry.launch.http.exports;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers a GET or HEAD with content: whole, a range of it, or the word that the client has it already (RFC 9110,
/// sections 13 and 14).
///
/// Every answer may be kept but has to be asked about again (`no-cache`): an output may be replaced under its address.
final class Delivery {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    /// Held for each request under way: 1,024 connections x 32 KiB = 32 MiB at most.
    private static final int BUFFER_BYTES = 32 << 10;

    private Delivery() {}

    static void send(Content content, HttpServletRequest request, HttpServletResponse response) throws IOException {
        String tag = "\"" + content.sha256() + "\"";
        response.setHeader("ETag", tag);
        response.setHeader("Accept-Ranges", "bytes");
        @Nullable String expected = request.getHeader("If-Match");
        @Nullable String held = request.getHeader("If-None-Match");
        if (expected != null && !names(expected, tag, false)) {
            response.setStatus(HttpServletResponse.SC_PRECONDITION_FAILED);
            response.setContentLengthLong(0);
            return;
        }
        if (held != null && names(held, tag, true)) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        Optional<ByteRange> asked = range(request, tag, content.bytes());
        ByteRange range = asked.orElseGet(() -> new ByteRange(0, content.bytes()));
        boolean part = asked.isPresent();
        if (part && range.bytes() == 0) {
            response.setStatus(HttpServletResponse.SC_REQUESTED_RANGE_NOT_SATISFIABLE);
            response.setHeader("Content-Range", "bytes */" + content.bytes());
            response.setContentLengthLong(0);
            return;
        }
        if (part) {
            response.setStatus(HttpServletResponse.SC_PARTIAL_CONTENT);
            response.setHeader(
                    "Content-Range", "bytes %d-%d/%d".formatted(range.from(), range.to() - 1, content.bytes()));
        }
        response.setContentType(content.mediaType());
        response.setContentLengthLong(range.bytes());
        if (!request.getMethod().equals("HEAD")) {
            write(content, range, response.getOutputStream());
        }
    }

    /// Ranges are for GET, and with `If-Range` only for those who have a part of this very content.
    private static Optional<ByteRange> range(HttpServletRequest request, String tag, long bytes) {
        @Nullable String said = request.getHeader("Range");
        @Nullable String condition = request.getHeader("If-Range");
        return said == null
                        || !request.getMethod().equals("GET")
                        || condition != null && !condition.strip().equals(tag)
                ? Optional.empty()
                : ByteRange.of(said, bytes);
    }

    private static boolean names(String header, String tag, boolean weak) {
        return Stream.of(header.split(","))
                .map(String::strip)
                .anyMatch(one -> one.equals("*") || one.equals(tag) || weak && one.equals("W/" + tag));
    }

    private static void write(Content content, ByteRange range, ServletOutputStream out) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        long position = range.from();
        while (position < range.to()) {
            buffer.clear().limit((int) Math.min(BUFFER_BYTES, range.to() - position));
            int count = content.read(buffer, position);
            if (count < 0) {
                // The length is promised already: only a broken connection tells the client.
                throw new IOException("a published file became shorter while it was sent");
            }
            try {
                out.write(buffer.array(), 0, count);
            } catch (IOException e) {
                LOG.debug("a client went away: {}", e.toString());
                return;
            }
            position += count;
        }
    }
}
