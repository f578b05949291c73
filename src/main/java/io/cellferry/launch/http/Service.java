package io.cellferry.launch.http;

import io.cellferry.failure.ServiceMissing;
import io.cellferry.launch.DataRoots;
import io.cellferry.launch.RunDesk;
import io.cellferry.launch.RunPapers;
import io.cellferry.launch.http.security.Guarding;
import io.cellferry.launch.http.security.TokenStore;
import io.cellferry.launch.schedule.Schedules;
import io.cellferry.storage.StateFolder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.bridge.SLF4JBridgeHandler;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;

/// The service while it listens. Closing it stops listening; what it was given is closed by the giver.
public final class Service implements AutoCloseable {

    private final ServletWebServerApplicationContext context;

    private final Optional<String> firstToken;

    private Service(ServletWebServerApplicationContext context, Optional<String> firstToken) {
        this.context = context;
        this.firstToken = firstToken;
    }

    /// What the service stands on.
    public record Parts(
            RunDesk desk,
            DataRoots roots,
            Schedules schedules,
            StateFolder state,
            ListenAddress address,
            Guarding guarding) {}

    /// Listens and answers as soon as this returns.
    public static Service start(Parts parts) {
        // Logging is settled already, and each run adds a file of its own.
        System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install(); // Tomcat speaks java.util.logging
        parts.roots().refuseHolding(parts.state().path());
        SpringApplication application = new SpringApplication(ServiceConfiguration.class);
        application.setWebApplicationType(WebApplicationType.SERVLET);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setRegisterShutdownHook(false);
        Map<String, Object> properties = properties(parts);
        application.setDefaultProperties(properties);
        application.addInitializers((ApplicationContextInitializer<GenericApplicationContext>) context -> {
            // Before the environment and application.yml: neither may widen what is listened on or told.
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("what cellferry insists on", properties));
            TransportRule.check(parts.address(), parts.guarding(), context.getEnvironment());
            context.registerBean(Guarding.class, parts::guarding);
            context.registerBean(RunDesk.class, parts::desk);
            context.registerBean(DataRoots.class, parts::roots);
            context.registerBean(Schedules.class, parts::schedules);
            context.registerBean(StateFolder.class, parts::state);
            context.registerBean(RunPapers.class, () -> new RunPapers(parts.state()));
        });
        try {
            var context = (ServletWebServerApplicationContext) application.run();
            return new Service(context, context.getBean(TokenStore.class).first());
        } catch (RuntimeException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof PortInUseException taken) {
                    throw taken(taken.getPort(), parts.address(), e);
                }
            }
            throw e;
        }
    }

    private static ServiceMissing taken(int port, ListenAddress address, RuntimeException cause) {
        boolean management = port == address.managementPort();
        return new ServiceMissing(
                "Port %d of %s is taken.".formatted(port, management ? ListenAddress.LOOPBACK : address.host()),
                "Give %s another number, or end what listens there."
                        .formatted(management ? "--management-port" : "--port"),
                cause);
    }

    private static Map<String, Object> properties(Parts parts) {
        ListenAddress address = parts.address();
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("server.address", address.host());
        properties.put("server.port", address.port());
        properties.put("management.server.address", "127.0.0.1");
        properties.put("management.server.port", address.managementPort());
        properties.put("management.server.ssl.enabled", "false"); // its name is in no certificate
        properties.put("management.endpoints.web.exposure.include", "health,metrics,prometheus");
        properties.put("management.endpoints.web.exposure.exclude", "");
        properties.put("management.endpoints.web.base-path", "/actuator");
        properties.put("management.endpoints.web.discovery.enabled", "false");
        properties.put("management.endpoints.jmx.exposure.exclude", "*");
        properties.put("management.endpoint.health.show-details", "never");
        properties.put("management.endpoint.health.show-components", "never");
        properties.put("management.endpoint.health.probes.enabled", "false");
        properties.put("spring.threads.virtual.enabled", "true");
        properties.put("spring.main.allow-bean-definition-overriding", "false");
        properties.put("spring.mvc.problemdetails.enabled", "true");
        properties.put("spring.web.error.include-stacktrace", "never");
        properties.put("server.error.include-stacktrace", "never");
        properties.put("server.error.include-message", "never");
        properties.put("server.error.whitelabel.enabled", "false");
        properties.put("server.forward-headers-strategy", parts.guarding().behindProxy() ? "native" : "none");
        // Only proxies that were named say who asks: with all private networks, as is usual, everybody in one could.
        properties.put(
                "server.tomcat.remoteip.internal-proxies",
                String.join(", ", parts.guarding().proxies()));
        properties.put("server.tomcat.remoteip.trusted-proxies", "");
        properties.put("server.tomcat.remoteip.host-header", "");
        properties.put("spring.servlet.multipart.enabled", "false");
        properties.put("spring.mvc.formcontent.filter.enabled", "false");
        properties.put("spring.jackson.factory.constraints.read.max-nesting-depth", "32");
        properties.put("spring.jackson.factory.constraints.read.max-string-length", "65536");
        properties.put("spring.jackson.factory.constraints.read.max-name-length", "256");
        properties.put("spring.jackson.factory.constraints.read.max-number-length", "100");
        // A client that sends its request a byte at a time holds nothing but a connection, and not for long.
        properties.put("server.tomcat.connection-timeout", "10s");
        properties.put("server.tomcat.max-connections", "1024");
        properties.put("server.tomcat.max-swallow-size", "0"); // LeftoverFilter takes it, with a time limit
        properties.put("server.max-http-request-header-size", "16KB");
        properties.put("server.shutdown", "immediate");
        return properties;
    }

    /// The port it really listens on, which `0` leaves to the system.
    public int port() {
        return Objects.requireNonNull(context.getWebServer(), "a started service has a server")
                .getPort();
    }

    /// Where to ask, for people: the scheme, the host that was asked for and the port.
    public String address() {
        String scheme = TransportRule.isEncrypted(context.getEnvironment()) ? "https" : "http";
        String host = context.getEnvironment().getProperty("server.address", ListenAddress.LOOPBACK);
        return "%s://%s:%d".formatted(scheme, host.contains(":") ? "[%s]".formatted(host) : host, port());
    }

    /// The text of the token that this start made, because there was none; said once.
    public Optional<String> firstToken() {
        return firstToken;
    }

    /// The port of health and metrics.
    int managementPort() {
        return Integer.parseInt(String.valueOf(context.getEnvironment().getProperty("local.management.port")));
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }
}
