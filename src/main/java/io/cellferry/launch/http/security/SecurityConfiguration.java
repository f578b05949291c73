package io.cellferry.launch.http.security;

import io.cellferry.storage.StateFolder;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.apache.catalina.core.StandardHost;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// What every request that Tomcat can read passes ([RefusalValve] answers the others), in this order: well-formed
/// address, headers of the answer, leftovers, audit, host and origin, token, "below /api only with a token", body, and
/// last the rule of the route itself ([RouteRules]).
@Configuration(proxyBeanMethods = false)
public class SecurityConfiguration {

    /// For pages of our own. A page that needs another policy sets the header itself, and this one stays away.
    static final String PAGE_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
            + " connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

    private static final Duration BODY_PATIENCE = Duration.ofSeconds(20);

    @Bean
    TokenStore tokenStore(StateFolder state) {
        return new TokenStore(state, Clock.systemUTC());
    }

    @Bean
    AuditLog auditLog(StateFolder state) {
        return new AuditLog(state, Clock.systemUTC());
    }

    /// Every filter watched on its own makes a request several times dearer and tells no operator anything; requests as
    /// such are measured, and refusals stand in the audit log.
    @Bean
    SecurityObservationSettings unwatchedFilters() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    SecurityFilterChain rules(
            HttpSecurity http, TokenStore tokens, AuditLog audit, Guarding guarding, Environment environment) {
        Set<String> names = HostNames.of(environment.getProperty("server.address", "127.0.0.1"), guarding.hostNames());
        http.sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable) // There is no cookie that a foreign page could ride on.
                .cors(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .rememberMe(AbstractHttpConfigurer::disable)
                .headers(headers -> headers.cacheControl(cache -> cache.disable())
                        // Other services may stand under names below this one.
                        .httpStrictTransportSecurity(https -> https.includeSubDomains(false))
                        .frameOptions(frames -> frames.disable()) // frame-ancestors says it, and per page
                        .contentSecurityPolicy(policy -> policy.policyDirectives(PAGE_POLICY))
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER))
                        .addHeaderWriter((request, response) -> {
                            if (Visit.isApi(request)) {
                                response.setHeader("Cache-Control", "no-store");
                                response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
                            }
                        }))
                .addFilterAfter(new LeftoverFilter(), HeaderWriterFilter.class)
                .addFilterAfter(new AuditFilter(audit), LeftoverFilter.class)
                .addFilterAfter(new HostFilter(names, guarding.behindProxy()), AuditFilter.class)
                .addFilterAfter(
                        new BearerFilter(
                                tokens,
                                new Allowance(guarding.requestsPerMinute(), System::nanoTime),
                                new Allowance(BearerFilter.FAILURES_A_MINUTE, System::nanoTime)),
                        HostFilter.class)
                .addFilterAfter(new BodyFilter(BODY_PATIENCE), AuthorizationFilter.class)
                .exceptionHandling(refused -> refused.authenticationEntryPoint((request, response, unused) ->
                                unauthenticated(request).write(request, response))
                        .accessDeniedHandler((request, response, unused) -> Denial.forbidden(
                                        "This is not allowed.", "Use another token.")
                                .write(request, response)))
                .authorizeHttpRequests(all -> all.dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers("/api/**")
                        .authenticated()
                        .anyRequest()
                        .permitAll());
        return http.build();
    }

    static Denial unauthenticated(HttpServletRequest request) {
        return request.getAttribute(BearerFilter.WHY_NOT) instanceof String why
                ? Denial.unauthenticated(why)
                : Denial.unauthenticated("This needs a token.");
    }

    /// The framework refuses addresses that can be read in two ways before any filter sees them.
    @Bean
    RequestRejectedHandler malformedAddresses(AuditLog audit) {
        return (request, response, unused) -> {
            audit.refused(AuditFilter.entry(request, 400, ""));
            response.setHeader("Connection", "close");
            Denial.malformed().write(request, response);
        };
    }

    @Bean
    RouteCheck routeCheck(ObjectProvider<HandlerMapping> mappings) {
        return new RouteCheck(mappings);
    }

    @Bean
    FailurePage failurePage() {
        return new FailurePage();
    }

    @Bean
    StreamLimit streamLimit() {
        return new StreamLimit();
    }

    @Bean
    WebMvcConfigurer routeRules(StreamLimit streams) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(new RouteRules());
                registry.addInterceptor(streams);
            }
        };
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> tomcat(Guarding guarding) {
        return factory -> {
            factory.setProtocol(PatientProtocol.class.getName());
            factory.addContextCustomizers(context -> {
                if (context.getParent() instanceof StandardHost host) {
                    host.setErrorReportValveClass(RefusalValve.class.getName());
                }
            });
            factory.addConnectorCustomizers(connector -> {
                if (connector.getProtocolHandler() instanceof PatientProtocol protocol) {
                    protocol.endpoint().exempt(guarding.proxy());
                }
            });
        };
    }
}
