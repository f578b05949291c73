package io.cellferry.launch.http.exports;

import io.cellferry.storage.PublishedFile;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Bytes to answer with, and the SHA-256 that tells them from all others.
sealed interface Content {

    long bytes();

    String sha256();

    String mediaType();

    /// As [PublishedFile.Opened#read].
    int read(ByteBuffer buffer, long position);

    /// A file of an output, open as long as it is sent.
    record OfFile(PublishedFile.Opened file, String mediaType) implements Content {
        @Override
        public long bytes() {
            return file.entry().bytes();
        }

        @Override
        public String sha256() {
            return file.entry().sha256();
        }

        @Override
        public int read(ByteBuffer buffer, long position) {
            return file.read(buffer, position);
        }
    }

    /// A small text made for this answer.
    final class OfText implements Content {
        private final byte[] text;

        OfText(byte[] text) {
            this.text = text.clone();
        }

        @Override
        public long bytes() {
            return text.length;
        }

        @Override
        public String sha256() {
            try {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(text));
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError("every Java platform has SHA-256", e);
            }
        }

        @Override
        public String mediaType() {
            return MediaType.JSON;
        }

        @Override
        public int read(ByteBuffer buffer, long position) {
            int from = Math.toIntExact(position);
            int count = Math.min(buffer.remaining(), text.length - from);
            buffer.put(text, from, count);
            return count == 0 ? -1 : count;
        }
    }
}
