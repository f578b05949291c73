package io.cellferry.launch.http.api;

import io.cellferry.launch.http.security.Needs;
import io.cellferry.launch.http.security.Role;
import io.cellferry.launch.http.security.TokenHolder;
import java.security.Principal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Who the holder of a token is, so that a page can show what is possible.
@RestController
@Needs(Role.VIEWER)
final class MeController {

    record Me(String name, String role) {}

    @Says("Whose token this is, and its role.")
    @GetMapping("/api/v1/me")
    Me me(Principal who) {
        return new Me(
                who.getName(), who instanceof TokenHolder holder ? holder.role().word() : "");
    }
}
