package io.cellferry.launch.http.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A run as clients see it. Texts that do not apply are empty; times are ISO-8601 in UTC.
///
/// `state` is one of waiting, running, stopping, interrupted, stopped, failed, refused, done, gone. `code`, `message`
/// and `remedy` say why it is not done, or what is missing in what is done.
record RunView(
        String id,
        String job,
        String state,
        String input,
        String output,
        Map<String, List<String>> options,
        boolean replace,
        String origin,
        String startedAt,
        String endedAt,
        String code,
        String message,
        String remedy,
        @Nullable ProgressView progress,
        Links links) {

    /// Addresses on this service; null where there is nothing. `opened` are those below `output` that people and
    /// viewers open one by one: empty where they open the output itself.
    record Links(
            String self,
            String events,
            @Nullable String report,
            @Nullable String output,
            List<String> opened) {}
}
