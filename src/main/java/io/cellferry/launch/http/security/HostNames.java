package io.cellferry.launch.http.security;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/// The names under which a service may be asked, as they stand in a Host header.
final class HostNames {

    private HostNames() {}

    /// `address` is what it listens on; the address of all interfaces stands for each of them.
    static Set<String> of(String address, Set<String> configured) {
        Set<String> names = new HashSet<>(configured);
        names.addAll(Set.of("localhost", "127.0.0.1", "[::1]"));
        names.add(address.contains(":") ? "[%s]".formatted(address) : address.toLowerCase(Locale.ROOT));
        try {
            InetAddress[] meant = InetAddress.getAllByName(address);
            for (InetAddress one : meant) {
                if (one.isAnyLocalAddress()) {
                    NetworkInterface.networkInterfaces()
                            .flatMap(NetworkInterface::inetAddresses)
                            .forEach(local -> names.add(text(local)));
                } else {
                    names.add(text(one));
                }
            }
        } catch (UnknownHostException e) {
            // Listening will fail and say so.
        } catch (SocketException e) {
            throw new UncheckedIOException(e);
        }
        return Set.copyOf(names);
    }

    private static String text(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        String plain = zone < 0 ? text : text.substring(0, zone);
        return plain.contains(":") ? "[%s]".formatted(plain) : plain;
    }
}
