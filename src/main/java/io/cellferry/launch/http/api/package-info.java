/// REST under `/api/v1`: what a person or a script may ask of the service, as JSON.
///
/// Places are said as `name:path` ([io.cellferry.launch.DataRoots]); no answer holds a path of this machine. Errors are
/// problem details (RFC 9457) with a stable `code` and a `remedy`.
@NullMarked
package io.cellferry.launch.http.api;

import org.jspecify.annotations.NullMarked;
