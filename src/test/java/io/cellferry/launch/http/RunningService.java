package io.cellferry.launch.http;

import io.cellferry.jobs.ConversionJob;
import io.cellferry.jobs.MachineRoom;
import io.cellferry.launch.DataRoots;
import io.cellferry.launch.MachineSettings;
import io.cellferry.launch.RunDesk;
import io.cellferry.launch.ServiceDatabase;
import io.cellferry.launch.ServiceSettings;
import io.cellferry.launch.SharedBatch;
import io.cellferry.launch.http.security.Guarding;
import io.cellferry.launch.schedule.Schedules;
import io.cellferry.storage.Disk;
import io.cellferry.storage.RealDisk;
import io.cellferry.storage.RunFolders;
import io.cellferry.storage.StateFolder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The real service on ports of its own, with the folders `in` (to read, named data) and `out` (to write and published,
/// named exports) in an empty folder, and a client for it.
public final class RunningService implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// An answer with its body read.
    public record Answer(int status, HttpResponse<String> response, JsonNode json) {}

    private final SharedBatch batch;
    private final ServiceDatabase database;
    private final RunDesk desk;
    private final Schedules schedules;
    private final Service service;
    private final Path folder;
    private final String token;
    private final HttpClient client = HttpClient.newHttpClient();

    private RunningService(
            Path folder,
            SharedBatch batch,
            ServiceDatabase database,
            RunDesk desk,
            Schedules schedules,
            Service service) {
        this.folder = folder;
        this.batch = batch;
        this.database = database;
        this.desk = desk;
        this.schedules = schedules;
        this.service = service;
        this.token = service.firstToken().orElseThrow();
    }

    public static RunningService in(Path empty) throws IOException {
        return in(empty, Guarding.STANDARD);
    }

    static RunningService in(Path empty, Guarding guarding) throws IOException {
        return in(empty, guarding, new RealDisk());
    }

    /// `outputs` is the disk through which outputs are seen and written.
    public static RunningService in(Path empty, Guarding guarding, Disk outputs) throws IOException {
        Path folder = empty.toRealPath();
        Files.createDirectories(folder.resolve("in"));
        Files.createDirectories(folder.resolve("out"));
        ServiceSettings settings = new ServiceSettings(
                null,
                null,
                null,
                null,
                null,
                Map.of("data", Path.of("in")),
                Map.of("exports", Path.of("out")),
                Set.of("exports"),
                null,
                null,
                null,
                null);
        List<ConversionJob> jobs = ServiceLoader.load(ConversionJob.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        StateFolder state = StateFolder.open(new RealDisk(), folder.resolve("state"));
        RunFolders folders = new RunFolders(outputs);
        MachineRoom room = new MachineRoom(512L << 20, 256L << 20, 2, Optional.empty());
        SharedBatch batch = new SharedBatch(jobs);
        RunDesk desk = new RunDesk(
                batch.starter(folders, state, Clock.systemUTC()), state, folders, jobs, room, Clock.systemUTC());
        DataRoots roots = DataRoots.of(settings, folder);
        ServiceDatabase database = ServiceDatabase.open(MachineSettings.NOTHING_SAID, state);
        Schedules schedules = Schedules.open(
                Files.createDirectories(folder.resolve("jobs")), database, desk, roots, Clock.systemUTC());
        Service service = Service.start(new Service.Parts(
                desk, roots, schedules, state, new ListenAddress(ListenAddress.LOOPBACK, 0, 0), guarding));
        return new RunningService(folder, batch, database, desk, schedules, service);
    }

    /// Begins to work, and to follow job files.
    public void work() {
        desk.start(1);
        schedules.start();
    }

    public RunDesk desk() {
        return desk;
    }

    RequestMappingHandlerMapping mapping() {
        return service.bean(RequestMappingHandlerMapping.class);
    }

    <T> T bean(Class<T> type) {
        return service.bean(type);
    }

    int port() {
        return service.port();
    }

    /// The address it tells people.
    String said() {
        return service.address();
    }

    int managementPort() {
        return service.managementPort();
    }

    public String token() {
        return token;
    }

    public Path folder() {
        return folder;
    }

    /// The addresses of the API, as the framework has them.
    public List<String> routes() {
        return service.bean(RequestMappingHandlerMapping.class).getHandlerMethods().keySet().stream()
                .flatMap(info -> info.getPatternValues().stream())
                .filter(path -> path.startsWith("/api/"))
                .toList();
    }

    public URI address(String path) {
        return URI.create("http://127.0.0.1:%d%s".formatted(service.port(), path));
    }

    public Answer get(String path) throws IOException, InterruptedException {
        return send(request(path));
    }

    public Answer post(String path, String body) throws IOException, InterruptedException {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address(path))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token);
    }

    public HttpClient client() {
        return client;
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        boolean json = response.headers()
                .firstValue("Content-Type")
                .filter(type -> type.contains("json"))
                .isPresent();
        return new Answer(
                response.statusCode(), response, json ? JSON.readTree(response.body()) : JSON.createObjectNode());
    }

    @Override
    public void close() {
        client.shutdownNow(); // Streams of events end with their clients only.
        service.close();
        schedules.close();
        desk.close();
        database.close();
        batch.close();
    }
}
