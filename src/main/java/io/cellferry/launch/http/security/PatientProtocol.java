package io.cellferry.launch.http.security;

import java.io.IOException;
import java.time.Duration;
import org.apache.coyote.Adapter;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/// HTTP/1.1 whose patience with a request line and headers ends, over a [FairEndpoint].
///
/// Tomcat's own timeout begins anew with every byte, so a client that sends one byte a second keeps a connection for
/// hours, and a thousand of them keep the service from everybody else. Can go when Tomcat limits the time of a whole
/// header.
public final class PatientProtocol extends Http11NioProtocol {

    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final FairEndpoint endpoint;

    public PatientProtocol() {
        this(new FairEndpoint());
    }

    private PatientProtocol(FairEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    FairEndpoint endpoint() {
        return endpoint;
    }

    @Override
    protected Processor createProcessor() {
        return new PatientProcessor(this, getAdapter());
    }

    private static final class PatientProcessor extends Http11Processor {

        /// When the first part of a header came; 0 while none is awaited.
        private long begun;

        private @Nullable SocketWrapperBase<?> client;

        PatientProcessor(AbstractHttp11Protocol<?> protocol, Adapter adapter) {
            super(protocol, adapter);
        }

        @Override
        public SocketState service(SocketWrapperBase<?> socket) throws IOException {
            if (client != socket) {
                client = socket; // Processors serve one connection after the other.
                begun = 0;
            }
            SocketState state = super.service(socket);
            if (state != SocketState.LONG || isAsync()) {
                begun = 0;
                return state;
            }
            long now = System.nanoTime();
            if (begun == 0) {
                begun = now == 0 ? 1 : now;
            }
            return now - begun > PATIENCE.toNanos() ? SocketState.CLOSED : state;
        }
    }
}
