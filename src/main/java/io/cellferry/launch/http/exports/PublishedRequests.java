package io.cellferry.launch.http.exports;

import io.cellferry.failure.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which requests are for published outputs and need no token. The one place that both the rules of access and the
/// serving itself ask, so that they cannot differ.
public final class PublishedRequests {

    private static final Logger LOG = LoggerFactory.getLogger(PublishedRequests.class);

    private final Addresses addresses;

    PublishedRequests(Addresses addresses) {
        this.addresses = addresses;
    }

    /// Whether `request` is for something published, or for an address below `/exports/` and `/_cellucid/` at which
    /// there is nothing.
    public boolean covers(HttpServletRequest request) {
        try {
            return addresses.cover(request.getRequestURI());
        } catch (Refusal unreadable) {
            // Somebody else's address, then: what this says names folders of this machine.
            LOG.warn("published folders cannot be looked through: {}", unreadable.getMessage());
            return false;
        }
    }

    Address address(HttpServletRequest request) {
        return addresses.find(request.getRequestURI());
    }
}
