package io.cellferry.launch.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Bytes on a socket, for what no decent client would send.
final class RawRequest {

    private RawRequest() {}

    /// Everything that comes back until the service closes the connection. `text` should ask for that.
    static String send(int port, String text) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static String get(int port, String path, String... headers) throws IOException {
        StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\n");
        boolean host = false;
        for (String header : headers) {
            request.append(header).append("\r\n");
            host |= header.startsWith("Host:");
        }
        if (!host) {
            request.append("Host: localhost\r\n");
        }
        return send(port, request.append("Connection: close\r\n\r\n").toString());
    }

    /// A connection from one of the many addresses of this machine, `127.0.0.x`.
    static Socket connect(int port, String from) throws IOException {
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(from, 0));
        socket.connect(new InetSocketAddress("127.0.0.1", port), 30_000);
        socket.setSoTimeout(30_000);
        return socket;
    }

    static int status(String answer) {
        return answer.startsWith("HTTP/1.1 ") ? Integer.parseInt(answer.substring(9, 12)) : 0;
    }

    /// Sends `start` at once and then a byte a pause, until the service closes the connection or `most` has passed.
    /// Whether it was closed.
    static boolean isClosedWhileDripping(int port, String start, Duration pause, Duration most)
            throws IOException, InterruptedException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout((int) pause.toMillis());
            OutputStream out = socket.getOutputStream();
            out.write(start.getBytes(StandardCharsets.ISO_8859_1));
            long until = System.nanoTime() + most.toNanos();
            while (System.nanoTime() < until) {
                out.write('a');
                try {
                    if (socket.getInputStream().read() < 0) {
                        return true;
                    }
                } catch (java.net.SocketTimeoutException stillOpen) {
                    // The pause is over.
                }
            }
            return false;
        } catch (java.net.SocketException closed) {
            return true;
        }
    }
}
