/// Finished outputs of published folders, for viewers: files under `/exports/NAME/…`, and what the Cellucid web app
/// asks of a data source under `/_cellucid/`.
///
/// Only what the manifest of a finished output lists exists here. No token is asked for: naming a folder in
/// `cellferry.serve.publish` is what gives it to everybody who can reach the service.
@NullMarked
package io.cellferry.launch.http.exports;

import org.jspecify.annotations.NullMarked;
