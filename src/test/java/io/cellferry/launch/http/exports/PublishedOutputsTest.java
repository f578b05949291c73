package io.cellferry.launch.http.exports;

import static io.cellferry.launch.http.exports.ServedOutputs.header;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.cellferry.restart.TinyExport;
import io.cellferry.storage.Publishing;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Stores, images and tables for their viewers; what nobody published for nobody.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublishedOutputsTest {

    private static final String VIEWER = "https://viewer.example";
    private static final Set<String> METADATA = Set.of(".zattrs", ".zgroup", ".zarray", ".zmetadata", "zarr.json");

    private ServedOutputs served;

    @BeforeAll
    void start(@TempDir Path empty) throws IOException {
        served = new ServedOutputs(empty);
        Files.writeString(served.folder().resolve("secret.txt"), "not for anybody");
        Files.writeString(served.folder().resolve("../secret.txt"), "not for anybody");
        Publishing.folder(
                served.folder().resolve("group/image"),
                Map.of("0/a b", "spaced", "0/α", "greek", "0/%41", "percent", "0/c/0", "0123456789", "empty", ""));
    }

    @AfterAll
    void stop() {
        served.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "3"})
    void aStoreIsServedByteForByte(String version) throws Exception {
        String name = "store%s.zarr".formatted(version);
        Path store = served.run(
                "gene-major-store",
                TinyExport.TINY,
                name,
                Map.of("zarr", List.of(version), "chunk-nnz", List.of("16")));
        try (Stream<Path> files = Files.walk(store)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String path = "/exports/exports/%s/%s".formatted(name, store.relativize(file));
                BrowserFetch.Seen seen =
                        new BrowserFetch(served, VIEWER).get(path.replace(" ", "%20"), Map.of("Range", "bytes=-100"));
                byte[] bytes = Files.readAllBytes(file);

                assertThat(seen.response().statusCode()).as(path).isEqualTo(bytes.length == 0 ? 416 : 206);
                assertThat(seen.response().body())
                        .isEqualTo(Arrays.copyOfRange(bytes, Math.max(0, bytes.length - 100), bytes.length));
                assertThat(seen.headers().get("content-type"))
                        .isEqualTo(
                                METADATA.contains(String.valueOf(file.getFileName()))
                                        ? "application/json"
                                        : "application/octet-stream");
                assertThat(served.get(path.replace(" ", "%20")).body()).isEqualTo(bytes);
            }
        }
    }

    @Test
    void aMissingChunkIsNotThereAndThePageMayKnow() throws Exception {
        for (String path : List.of("0/c/1", "0/c", "0/.zarray", "0/c/0/0")) {
            HttpResponse<byte[]> response = served.get("/exports/exports/group/image/" + path, "Origin", VIEWER);

            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(header(response, "Access-Control-Allow-Origin")).isEqualTo("*");
        }
        assertThat(served.get("/exports/exports/group/image/empty").body()).isEmpty();
    }

    @Test
    void namesThatNeedEncodingAreFound() throws Exception {
        assertThat(served.get("/exports/exports/group/image/0/a%20b").body())
                .asString()
                .isEqualTo("spaced");
        assertThat(served.get("/exports/exports/group/image/0/%CE%B1").body())
                .asString()
                .isEqualTo("greek");
    }

    @Test
    void aTableIsOneFile() throws Exception {
        Path table =
                served.run("hvg-selection", Path.of("jobs/data/demo.h5ad"), "genes.csv", Map.of("top", List.of("50")));

        HttpResponse<byte[]> response = served.get("/exports/exports/genes.csv", "Origin", VIEWER);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(Files.readAllBytes(table));
        assertThat(header(response, "Content-Type")).isEqualTo("text/csv;charset=utf-8");
        assertThat(header(response, "Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(served.get("/exports/exports/genes.csv/genes.csv").statusCode())
                .isEqualTo(404);
    }

    @Test
    void aChangedFileIsAConflictUntilItIsRestored() throws Exception {
        Path output = served.folder().resolve("changing");
        Publishing.folder(output, Map.of("a", "as published"));
        assertThat(served.get("/exports/exports/changing/a").statusCode()).isEqualTo(200);

        Files.writeString(output.resolve("a"), "something else");
        assertThat(served.get("/exports/exports/changing/a").statusCode()).isEqualTo(409);
        Files.delete(output.resolve("a"));
        assertThat(served.get("/exports/exports/changing/a").statusCode()).isEqualTo(409);
        Files.createSymbolicLink(output.resolve("a"), served.folder().resolve("secret.txt"));
        assertThat(served.get("/exports/exports/changing/a").statusCode()).isEqualTo(409);
        Files.delete(output.resolve("a"));
        Files.writeString(output.resolve("a"), "as published");
        assertThat(served.get("/exports/exports/changing/a").body()).asString().isEqualTo("as published");

        Publishing.folder(output, Map.of("a", "a second time"));
        assertThat(served.get("/exports/exports/changing/a").body()).asString().isEqualTo("a second time");
    }

    /// A list of more than 250,000 files is not held in memory; all other outputs are served as before.
    @Test
    void anOutputOfTooManyFilesIsNotServedNow() throws Exception {
        Path output = served.folder().resolve("giant");
        Publishing.folder(output, Map.of("a", "one of many"));
        Path manifest = served.folder().resolve("giant.cellferry.json");
        String small = Files.readString(manifest);
        int end = small.indexOf(']', small.indexOf("\"files\""));
        StringBuilder large = new StringBuilder(small.substring(0, end));
        for (int i = 0; i < 250_000; i++) {
            large.append(",{\"path\":\"b/%07d\",\"bytes\":0,\"sha256\":\"%064d\"}".formatted(i, i));
        }
        Files.writeString(manifest, large.append(small.substring(end)));

        for (String path : List.of("a", "b/0000001", "c")) {
            HttpResponse<byte[]> response = served.get("/exports/exports/giant/" + path, "Origin", VIEWER);
            assertThat(response.statusCode()).as(path).isEqualTo(503);
            assertThat(header(response, "Content-Type")).isEqualTo("application/problem+json");
            assertThat(header(response, "Access-Control-Allow-Origin")).isEqualTo("*");
            assertThat(response.body())
                    .asString()
                    .contains("\"code\":\"no-room\"", "Let a plain web server serve this output")
                    .doesNotContain(served.folder().toString());
        }
        assertThat(served.send("HEAD", "/exports/exports/giant/a").statusCode()).isEqualTo(503);
        assertThat(served.get("/exports/exports/group/image/0/c/0").statusCode())
                .isEqualTo(200);

        Files.writeString(manifest, small);
        assertThat(served.get("/exports/exports/giant/a").body()).asString().isEqualTo("one of many");
    }

    @Test
    void linkedFoldersAreNotThere() throws Exception {
        Files.createSymbolicLink(
                served.folder().resolve("linked"), served.folder().resolve("group"));

        assertThat(served.get("/exports/exports/linked/image/0/c/0").statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/exports/exports/../secret.txt",
                "/exports/exports/group/image/../../secret.txt",
                "/exports/exports/group/image/0/../../../secret.txt",
                "/exports/../exports/exports/secret.txt",
                "/exports/exports/%2e%2e/secret.txt",
                "/exports/exports/group/image/%2e%2e/%2e%2e/secret.txt",
                "/exports/exports/..%2fsecret.txt",
                "/exports/exports/%252e%252e/secret.txt",
                "/exports/exports/group/image/..%252f..%252fsecret.txt",
                "/exports/exports/..\\secret.txt",
                "/exports/exports/..%5csecret.txt",
                "/exports/exports/secret.txt",
                "/exports/exports/secret.txt%00",
                "/exports/exports/group/image/0/c/0%00.json",
                "/exports/exports/group/image;x=y/0/c/0",
                "/exports/exports/group/image/0/c/0;jsessionid=1",
                "/exports/exports/group/image/..;/secret.txt",
                "/exports/exports//group/image/0/c/0",
                "//exports/exports/group/image/0/c/0",
                "/exports/exports/./group/image/.%2f0/c/0",
                "/exports/exports/%c0%ae%c0%ae/secret.txt",
                "/exports/exports/%uff0e%uff0e/secret.txt",
                "/exports//etc/passwd",
                "/exports/exports//etc/passwd",
                "/exports/exports/file:///etc/passwd",
                "/exports/%2e%2e%2f%2e%2e%2fetc/passwd",
                "/exports/exports/group/image.cellferry.json",
                "/exports/exports/.cellferry/",
                "/_cellucid/../secret.txt",
                "/exports/exports/group/image/0/c/0%ff",
                "/exports/exports/group/image/0/c/0%"
            })
    void nothingElseCanBeReached(String target) throws Exception {
        String answer = served.raw(target);

        assertThat(answer).matches("(?s)HTTP/1.1 (400|404).*");
        assertThat(answer)
                .doesNotContain(
                        "not for anybody",
                        "root:",
                        "0123456789",
                        served.folder().toString(),
                        "at io.cellferry");
    }

    @Test
    void aLargeFileIsSentThroughASmallBuffer() throws Exception {
        byte[] piece = new byte[1 << 20];
        Arrays.fill(piece, (byte) 7);
        Publishing.large(served.folder().resolve("large"), piece, 100);
        assertThat(download("/exports/exports/large/data.bin")).isEqualTo(100L << 20);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        long before = threads.getTotalThreadAllocatedBytes();
        assertThat(download("/exports/exports/large/data.bin")).isEqualTo(100L << 20);
        long allocated = threads.getTotalThreadAllocatedBytes() - before;

        // Client and server together; a tenth of the file is far above their buffers.
        assertThat(allocated).isLessThan(10L << 20);
    }

    /// Through a buffer of its own; how many bytes came after the head.
    private long download(String path) throws IOException {
        byte[] buffer = new byte[1 << 16];
        try (Socket socket = new Socket("127.0.0.1", served.port())) {
            socket.getOutputStream()
                    .write("GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
                            .formatted(path)
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            int matched = 0;
            while (matched < 4) {
                int next = in.read();
                matched = next == "\r\n\r\n".charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
            }
            long bytes = 0;
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                bytes += count;
            }
            return bytes;
        }
    }
}
