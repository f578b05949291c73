package io.cellferry.launch.http.api;

import io.cellferry.launch.RunPapers;
import io.cellferry.launch.http.security.Needs;
import io.cellferry.launch.http.security.Role;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// What a run leaves for people: its report and its log.
@RestController
@RequestMapping("/api/v1/runs/{id}")
final class RunPapersController {

    /// The report is one file with its styles and pictures inside, and without any script.
    private static final String REPORT_POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; base-uri 'none'";

    private final RunViews views;
    private final RunPapers papers;

    RunPapersController(RunViews views, RunPapers papers) {
        this.views = views;
        this.papers = papers;
    }

    @Says("The report of a run, one self-contained page.")
    @Needs(Role.VIEWER)
    @GetMapping(path = "/report", produces = "text/html;charset=UTF-8")
    ResponseEntity<Resource> report(@PathVariable String id) {
        return paper(id, papers.report(id), "report", MediaType.valueOf("text/html;charset=UTF-8"));
    }

    @Says("The log of a run.")
    @Needs(Role.RUNNER)
    @GetMapping(path = "/log", produces = "text/plain;charset=UTF-8")
    ResponseEntity<Resource> log(@PathVariable String id) {
        return paper(id, papers.log(id), "log", MediaType.valueOf("text/plain;charset=UTF-8"));
    }

    private ResponseEntity<Resource> paper(String id, Optional<Path> file, String what, MediaType type) {
        views.require(id);
        Path there = file.orElseThrow(() -> new Problems.NotThere("Run %s has no %s yet.".formatted(id, what)));
        return ResponseEntity.ok()
                .contentType(type)
                .header("Content-Security-Policy", REPORT_POLICY)
                .body(new FileSystemResource(there));
    }
}
