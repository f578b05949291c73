/// The dashboard: a page, its styles and its scripts, as files for a browser. It holds no data; what it shows, it asks
/// of the API as any other client, with the token of whoever looks.
@NullMarked
package io.cellferry.launch.http.dashboard;

import org.jspecify.annotations.NullMarked;
