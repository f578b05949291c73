/// Who may do what over HTTP: tokens, roles, a rule for each route, limits, and what was done by whom.
///
/// Deny by default: a route without a rule ([Needs] or [Open]) keeps the service from starting.
@NullMarked
package io.cellferry.launch.http.security;

import org.jspecify.annotations.NullMarked;
