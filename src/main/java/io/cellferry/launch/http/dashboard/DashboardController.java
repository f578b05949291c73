package io.cellferry.launch.http.dashboard;

import static org.springframework.http.HttpHeaders.ACCEPT_ENCODING;

import io.cellferry.launch.http.dashboard.DashboardFiles.DashboardFile;
import io.cellferry.launch.http.security.Open;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/// Gives out the files of the dashboard to anybody, and nothing else. A browser asks each time whether a file is still
/// the same, so an upgraded service is never shown by an old page.
@Open
@RestController
final class DashboardController {

    private final DashboardFiles files;

    DashboardController(DashboardFiles files) {
        this.files = files;
    }

    @GetMapping("/")
    ResponseEntity<byte[]> page(@RequestHeader(value = ACCEPT_ENCODING, defaultValue = "") String codings) {
        return answer(DashboardFiles.PAGE, codings);
    }

    @GetMapping("/assets/{name}")
    ResponseEntity<byte[]> asset(
            @PathVariable String name, @RequestHeader(value = ACCEPT_ENCODING, defaultValue = "") String codings) {
        return answer("assets/" + name, codings);
    }

    private ResponseEntity<byte[]> answer(String path, String codings) {
        return files.find(path)
                .map(file -> answer(file, codings.contains("gzip")))
                .orElseGet(() -> ResponseEntity.notFound().build());
    }

    private static ResponseEntity<byte[]> answer(DashboardFile file, boolean packed) {
        var answer = ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(file.type()))
                .eTag(packed ? file.tag() + "-gzip" : file.tag())
                .cacheControl(CacheControl.noCache())
                .varyBy(ACCEPT_ENCODING);
        PagePolicy.HEADERS.forEach(answer::header);
        if (packed) {
            answer.header(HttpHeaders.CONTENT_ENCODING, "gzip");
        }
        return answer.body(packed ? file.packed() : file.bytes());
    }
}
