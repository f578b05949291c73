package io.cellferry.launch;

import io.cellferry.failure.RequestRefused;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.FileSystemResource;
import org.springframework.util.unit.DataSize;

/// What `application.yml` says about this machine (the part below `cellferry:`). Flags of the command line win over
/// it.
///
/// Read without starting a context, because the quick verbs need it too. Absent file, absent keys: nothing said.
public record MachineSettings(
        @Nullable DataSize memory,
        @Nullable Integer threads,
        @Nullable Path workDir,
        @Nullable Path stateDir,
        @Nullable Repository repository,
        @Nullable ServiceSettings serve) {

    /// Where the job repository lies when it is not the embedded one.
    public record Repository(
            String url, @Nullable String username, @Nullable String password) {}

    public static final MachineSettings NOTHING_SAID = new MachineSettings(null, null, null, null, null, null);

    /// The settings in `folder/application.yml`.
    public static MachineSettings in(Path folder) {
        Path file = folder.resolve("application.yml");
        if (!Files.isRegularFile(file)) {
            return NOTHING_SAID;
        }
        try {
            var sources = new YamlPropertySourceLoader().load("application.yml", new FileSystemResource(file));
            SettingsMistake.refuseStrangers(file, sources);
            var handler = new NoUnboundElementsBindHandler(BindHandler.DEFAULT, source -> true);
            return new Binder(ConfigurationPropertySources.from(sources), withEnvironment())
                    .bind("cellferry", Bindable.of(MachineSettings.class), handler)
                    .orElse(NOTHING_SAID);
        } catch (RequestRefused e) {
            throw e;
        } catch (BindException e) {
            throw SettingsMistake.refusal(file, e);
        } catch (java.io.IOException | RuntimeException e) {
            Throwable root = root(e);
            if (root instanceof CharacterCodingException) {
                throw new RequestRefused("%s is not UTF-8 text.".formatted(file), "Save it as UTF-8.", e);
            }
            throw new RequestRefused(
                    "%s cannot be read as YAML: %s".formatted(file, root.getMessage()),
                    "Correct the file, or move it away: all of its settings have standard values.",
                    e);
        }
    }

    // `${NAME}` stands for an environment variable, so that a password need not stand in the file.
    private static PropertySourcesPlaceholdersResolver withEnvironment() {
        return new PropertySourcesPlaceholdersResolver(new StandardEnvironment());
    }

    private static Throwable root(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    public ServiceSettings service() {
        return Optional.ofNullable(serve).orElse(ServiceSettings.NOTHING_SAID);
    }

    public Optional<Repository> sharedRepository() {
        return Optional.ofNullable(repository);
    }
}
