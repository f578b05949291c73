package io.cellferry.launch.http.security;

import java.util.List;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;

/// Who asks: the holder of a valid token. The text of the token is not kept.
public final class TokenHolder extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private final String name;
    private final Role role;

    TokenHolder(String name, Role role) {
        super(List.of(new SimpleGrantedAuthority("ROLE_" + role)));
        this.name = name;
        this.role = role;
        setAuthenticated(true);
    }

    public Role role() {
        return role;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public Object getPrincipal() {
        return name;
    }

    @Override
    public Object getCredentials() {
        return "";
    }
}
