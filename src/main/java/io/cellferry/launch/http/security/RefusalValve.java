package io.cellferry.launch.http.security;

import java.io.IOException;
import java.util.Optional;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;

/// What Tomcat refuses by itself, before there is a request for anybody else, told in the words of this service:
/// Tomcat's answer would be a page for browsers.
///
/// Tomcat makes it by its name.
public final class RefusalValve extends ErrorReportValve {

    private static final Logger LOG = LoggerFactory.getLogger(RefusalValve.class);

    @Override
    protected void report(Request request, Response response, @Nullable Throwable thrown) {
        boolean answered = response.getContentWritten() > 0 || !response.isError();
        if (answered || !response.setErrorReported()) {
            return;
        }
        HttpStatus status =
                Optional.ofNullable(HttpStatus.resolve(response.getStatus())).orElse(HttpStatus.BAD_REQUEST);
        try {
            Denial.of(status).write(request, response);
            response.finishResponse();
        } catch (IOException | IllegalStateException gone) {
            LOG.debug("nobody is there to be told of status {}", status.value(), gone);
        }
    }
}
