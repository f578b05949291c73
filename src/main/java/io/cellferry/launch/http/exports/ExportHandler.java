package io.cellferry.launch.http.exports;

import io.cellferry.failure.Refusal;
import io.cellferry.launch.DataRoots;
import io.cellferry.launch.FailureCode;
import io.cellferry.launch.Version;
import io.cellferry.launch.http.exports.Datasets.Dataset;
import io.cellferry.storage.PublishedFile;
import io.cellferry.storage.PublishedFiles;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.HttpRequestHandler;
import tools.jackson.databind.json.JsonMapper;

/// Answers requests for published outputs. Nothing here redirects, compresses or guesses: the Cellucid web app takes
/// each of these for an error.
final class ExportHandler implements HttpRequestHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ExportHandler.class);

    private static final String METHODS = "GET, HEAD, OPTIONS";
    private static final String IDENTITY = "dataset_identity.json";

    /// A published page may show its own pictures and styles, and do nothing in the name of this service.
    private static final String POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:";

    private static final JsonMapper JSON = JsonMapper.shared();

    private final PublishedRequests requests;
    private final PublishedFiles files;
    private final Datasets datasets;
    private final DataRoots roots;

    ExportHandler(PublishedRequests requests, PublishedFiles files, Datasets datasets, DataRoots roots) {
        this.requests = requests;
        this.files = files;
        this.datasets = datasets;
        this.roots = roots;
    }

    @Override
    public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            answer(request, response);
        } catch (Refusal refused) {
            LOG.warn("{} could not be answered: {}", request.getRequestURI(), refused.getMessage());
            if (response.isCommitted()) {
                throw refused; // the container breaks the connection
            }
            response.reset();
            CrossOrigin.ANYBODY.answer(request, response);
            // The message names folders of this machine.
            String remedy = "%s The service's log says more.".formatted(roots.withoutFolders(refused.remedy()));
            problem(503, FailureCode.of(refused), "This output cannot be served now.", remedy, request, response);
        }
    }

    private void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Address address = requests.address(request);
        readers(address).answer(request, response);
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Content-Security-Policy", POLICY);
        switch (request.getMethod()) {
            case "GET", "HEAD" -> read(address, request, response);
            case "OPTIONS" -> {
                response.setHeader("Allow", METHODS);
                response.setStatus(HttpServletResponse.SC_NO_CONTENT);
            }
            default -> {
                response.setHeader("Allow", METHODS);
                problem(405, "request-refused", "Published outputs can only be read.", "Use GET.", request, response);
            }
        }
    }

    private static CrossOrigin readers(Address address) {
        return switch (address) {
            case Address.Source source -> CrossOrigin.CELLUCID;
            case Address.OutputFile file ->
                Files.isRegularFile(file.output().resolve(IDENTITY), LinkOption.NOFOLLOW_LINKS)
                        ? CrossOrigin.CELLUCID
                        : CrossOrigin.ANYBODY;
            case Address.Nothing nothing -> CrossOrigin.ANYBODY;
        };
    }

    private void read(Address address, HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (address) {
            case Address.OutputFile file -> file(file, request, response);
            case Address.Source source -> source(source, request, response);
            case Address.Nothing nothing -> notThere(request, response);
        }
    }

    private void file(Address.OutputFile address, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        switch (files.open(address.output(), address.path())) {
            case PublishedFile.Missing missing -> notThere(request, response);
            case PublishedFile.Changed changed ->
                problem(
                        409,
                        "conflict",
                        "This file is not as it was published.",
                        "Restore it from a copy, or make the output again with --replace.",
                        request,
                        response);
            case PublishedFile.Opened opened -> {
                try (opened) {
                    String mediaType = MediaType.of(opened.entry().path());
                    Delivery.send(new Content.OfFile(opened, mediaType), request, response);
                }
            }
        }
    }

    private void source(Address.Source address, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Map<String, Object> answer = new LinkedHashMap<>();
        switch (address.question()) {
            case HEALTH -> {
                answer.put("status", "ok");
                answer.put("type", "exported");
                answer.put("version", Version.TEXT);
            }
            case INFO -> {
                answer.put("version", Version.TEXT);
                answer.put("host", request.getLocalAddr());
                answer.put("port", request.getLocalPort());
                answer.put("mode", "standalone");
            }
            case DATASETS -> answer.put("datasets", listed(address.folder()));
            case CATALOGUE -> {
                catalogue(datasets.in(address.folder().orElseThrow()), request, response);
                return;
            }
        }
        Delivery.send(new Content.OfText(JSON.writeValueAsBytes(answer)), request, response);
    }

    private List<Map<String, Object>> listed(Optional<Path> folder) {
        List<Dataset> all = folder.map(datasets::in).orElseGet(datasets::everywhere);
        return all.stream()
                .map(dataset -> {
                    String name = folder.isPresent()
                            ? dataset.entry().folder()
                            : dataset.entry().id();
                    Map<String, Object> entry = new LinkedHashMap<>();
                    entry.put("id", dataset.entry().id());
                    entry.put("path", "/" + name + "/");
                    entry.put("name", dataset.entry().name());
                    return entry;
                })
                .toList();
    }

    private static void catalogue(List<Dataset> all, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (all.isEmpty()) {
            notThere(request, response);
            return;
        }
        Dataset first = all.getFirst();
        byte[] text = first.job()
                .catalogue(
                        all.stream()
                                .filter(dataset -> dataset.job().equals(first.job()))
                                .map(Dataset::entry)
                                .toList(),
                        first.entry().id());
        Delivery.send(new Content.OfText(text), request, response);
    }

    private static void notThere(HttpServletRequest request, HttpServletResponse response) throws IOException {
        problem(404, "not-found", "There is nothing at this address.", "", request, response);
    }

    private static void problem(
            int status,
            String code,
            String detail,
            String remedy,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", "about:blank");
        problem.put("status", status);
        problem.put("detail", detail);
        problem.put("code", code);
        problem.put("remedy", remedy);
        byte[] text = JSON.writeValueAsBytes(problem);
        response.setStatus(status);
        response.setContentType(MediaType.PROBLEM);
        response.setContentLength(text.length);
        if (!request.getMethod().equals("HEAD")) {
            response.getOutputStream().write(text);
        }
    }
}
