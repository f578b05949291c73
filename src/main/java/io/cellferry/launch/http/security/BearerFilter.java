package io.cellferry.launch.http.security;

import io.cellferry.failure.StorageFailed;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/// Finds out who asks, from the header `Authorization: Bearer TOKEN` and nothing else, and counts.
///
/// Who is not found out goes on as nobody: whether that suffices is for the rule of the route. A good token is never
/// slowed by the failures of others from the same address, because many share the address of a proxy.
final class BearerFilter extends OncePerRequestFilter {

    /// Why nobody was found out, for the answer.
    static final String WHY_NOT = BearerFilter.class.getName() + ".why";

    static final int FAILURES_A_MINUTE = 10;

    private static final String SCHEME = "Bearer ";

    private static final Logger LOG = LoggerFactory.getLogger(BearerFilter.class);

    private final TokenStore tokens;
    private final Allowance requests;
    private final Allowance failures;
    private final OnceAMinute warning = new OnceAMinute();

    BearerFilter(TokenStore tokens, Allowance requests, Allowance failures) {
        this.tokens = tokens;
        this.requests = requests;
        this.failures = failures;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        List<String> said = Collections.list(request.getHeaders("Authorization"));
        Optional<AccessToken> holder;
        try {
            holder = text(said).flatMap(tokens::holder);
        } catch (StorageFailed damaged) {
            if (warning.now()) {
                LOG.warn("nobody is let in: {} {}", damaged.getMessage(), damaged.remedy());
            }
            Denial.tokensUnreadable().write(request, response);
            return;
        }
        Optional<AccessToken> good = holder.filter(token -> token.valid(tokens.now()));
        if (good.isPresent()) {
            AccessToken token = good.get();
            Visit.of(request).by(token);
            if (!requests.take(token.name())) {
                Denial.tooMany("Token %s asks too often.".formatted(token.name()), requests.wait(token.name()))
                        .write(request, response);
                return;
            }
            SecurityContext context = SecurityContextHolder.createEmptyContext();
            context.setAuthentication(new TokenHolder(token.name(), token.role()));
            SecurityContextHolder.setContext(context);
        } else if (!said.isEmpty()) {
            request.setAttribute(WHY_NOT, why(said, holder));
            String address = request.getRemoteAddr();
            if (Visit.isApi(request) && !failures.take(address)) {
                Denial.tooMany("Too many wrong tokens came from this address.", failures.wait(address))
                        .write(request, response);
                return;
            }
        }
        chain.doFilter(request, response);
    }

    private static Optional<String> text(List<String> said) {
        return said.size() == 1 && said.getFirst().regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? Optional.of(said.getFirst().substring(SCHEME.length()).strip())
                : Optional.empty();
    }

    private String why(List<String> said, Optional<AccessToken> holder) {
        if (said.size() > 1) {
            return "The request has %d Authorization headers; it must have one.".formatted(said.size());
        }
        if (text(said).isEmpty()) {
            return "The Authorization header does not say Bearer.";
        }
        return holder.map(token -> "The token is %s.".formatted(token.state(tokens.now())))
                .orElse("The token is not known.");
    }
}
