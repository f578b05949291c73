/// `serve`: the same runs over HTTP, for people, scripts and viewers.
@NullMarked
package io.cellferry.launch.http;

import org.jspecify.annotations.NullMarked;
