package io.cellferry.launch.http.security;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.function.Predicate;
import org.apache.tomcat.util.net.NioEndpoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes connections, but from no address so many that nothing is left for the others. One too many is closed at once:
/// before TLS has begun there is no language to say why in.
///
/// Whoever has an address of IPv6 has 2^64 of them, so those count by their first half.
final class FairEndpoint extends NioEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(FairEndpoint.class);

    /// Of the 1,024 in all; room for the streams of several tokens, and for a lecture hall behind one address.
    static final int CONNECTIONS_OF_ONE = 384;

    private static final int NETWORK_BYTES = 8;

    private volatile Predicate<InetAddress> unbounded = address -> false;

    private final OnceAMinute warning = new OnceAMinute();

    /// Proxies bring the connections of many.
    void exempt(Predicate<InetAddress> proxy) {
        unbounded = proxy;
    }

    @Override
    protected boolean setSocketOptions(SocketChannel socket) {
        if (isOneTooMany(socket)) {
            destroySocket(socket);
            return false;
        }
        return super.setSocketOptions(socket);
    }

    private boolean isOneTooMany(SocketChannel socket) {
        try {
            if (!(socket.getRemoteAddress() instanceof InetSocketAddress client)
                    || unbounded.test(client.getAddress())) {
                return false;
            }
            byte[] network = network(client.getAddress());
            long open = connections.keySet().stream()
                    .filter(other -> isFrom(other, network))
                    .count();
            boolean oneTooMany = open >= CONNECTIONS_OF_ONE;
            if (oneTooMany && warning.now()) {
                LOG.warn("{} has {} connections; more are closed", client.getAddress(), open);
            }
            return oneTooMany;
        } catch (IOException gone) {
            return false; // The next step will find out as well.
        }
    }

    private static boolean isFrom(SocketChannel other, byte[] network) {
        try {
            return other.getRemoteAddress() instanceof InetSocketAddress client
                    && Arrays.equals(network(client.getAddress()), network);
        } catch (IOException closed) {
            return false;
        }
    }

    private static byte[] network(InetAddress address) {
        return address instanceof Inet6Address
                ? Arrays.copyOf(address.getAddress(), NETWORK_BYTES)
                : address.getAddress();
    }
}
