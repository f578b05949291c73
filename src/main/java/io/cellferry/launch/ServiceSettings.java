package io.cellferry.launch;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What `application.yml` says about the service, below `cellferry.serve:`.
///
/// `read` and `write` are the folders it may read inputs from and write outputs to, by name; nothing else is touched.
/// `publish` names those of `write` whose finished outputs anybody may fetch. `runs` is how many conversions work at
/// once; they share memory and threads. `hostNames` are further names under which clients may ask for it, `behindProxy`
/// says that a proxy in front of it does the TLS, `proxies` are the addresses of such proxies (`10.0.0.7` or
/// `172.18.0.0/16`; default: this machine), `requestsPerMinute` holds for each token.
public record ServiceSettings(
        @Nullable String address,
        @Nullable Integer port,
        @Nullable Integer managementPort,
        @Nullable Integer runs,
        @Nullable Path jobs,
        @Nullable Map<String, Path> read,
        @Nullable Map<String, Path> write,
        @Nullable Set<String> publish,
        @Nullable Set<String> hostNames,
        @Nullable Boolean behindProxy,
        @Nullable Set<String> proxies,
        @Nullable Integer requestsPerMinute) {

    public static final ServiceSettings NOTHING_SAID =
            new ServiceSettings(null, null, null, null, null, null, null, null, null, null, null, null);

    /// With more folders; where a name is said twice, the given one wins.
    public ServiceSettings and(Map<String, Path> moreRead, Map<String, Path> moreWrite, Set<String> morePublish) {
        Map<String, Path> allRead = new LinkedHashMap<>(readable());
        allRead.putAll(moreRead);
        Map<String, Path> allWrite = new LinkedHashMap<>(writable());
        allWrite.putAll(moreWrite);
        Set<String> allPublish = new LinkedHashSet<>(published());
        allPublish.addAll(morePublish);
        return new ServiceSettings(
                address,
                port,
                managementPort,
                runs,
                jobs,
                allRead,
                allWrite,
                allPublish,
                hostNames,
                behindProxy,
                proxies,
                requestsPerMinute);
    }

    public Map<String, Path> readable() {
        return Optional.ofNullable(read).orElse(Map.of());
    }

    public Map<String, Path> writable() {
        return Optional.ofNullable(write).orElse(Map.of());
    }

    public Set<String> published() {
        return Optional.ofNullable(publish).orElse(Set.of());
    }
}
