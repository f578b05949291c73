package io.cellferry.launch.http.dashboard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/// The files of the dashboard, read and compressed once. A name that is not in this list leads nowhere, so no path has
/// to be checked.
final class DashboardFiles {

    static final String PAGE = "index.html";

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=UTF-8",
            "css", "text/css;charset=UTF-8",
            "js", "text/javascript;charset=UTF-8",
            "svg", "image/svg+xml;charset=UTF-8");

    private final Map<String, DashboardFile> files;

    private DashboardFiles(Map<String, DashboardFile> files) {
        this.files = Map.copyOf(files);
    }

    /// `tag` changes with the bytes, which are shared and never written to; `packed` is their gzip form.
    record DashboardFile(String type, String tag, byte[] bytes, byte[] packed) {}

    static DashboardFiles fromClassPath() {
        Map<String, DashboardFile> files = new TreeMap<>();
        var resources = new PathMatchingResourcePatternResolver();
        try {
            files.put(PAGE, file(resources.getResource("classpath:dashboard/" + PAGE)));
            for (Resource asset : resources.getResources("classpath:dashboard/assets/*.*")) {
                files.put("assets/" + asset.getFilename(), file(asset));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new DashboardFiles(files);
    }

    private static DashboardFile file(Resource resource) throws IOException {
        String name = String.valueOf(resource.getFilename());
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null) {
            throw new IllegalStateException("dashboard file " + name + " is of no kind that is served");
        }
        byte[] bytes = resource.getContentAsByteArray();
        return new DashboardFile(type, tag(bytes), bytes, packed(bytes));
    }

    private static byte[] packed(byte[] bytes) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }

    private static String tag(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has SHA-256
        }
    }

    Optional<DashboardFile> find(String path) {
        return Optional.ofNullable(files.get(path));
    }

    Map<String, DashboardFile> all() {
        return files;
    }
}
