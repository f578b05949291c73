package io.cellferry.launch;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// The log file of one run: everything from INFO up, while the console shows warnings only.
///
/// Threads that work for a run carry its id ([#RUN] in the logging context); what another run of this process says is
/// left out, what belongs to nobody in particular is in.
final class RunLog implements AutoCloseable {

    private static final String RUN = "run";

    private final Logger root;
    private final FileAppender<ILoggingEvent> appender = new FileAppender<>();

    private RunLog(Logger root, Path file, String runId) {
        this.root = root;
        LoggerContext context = root.getLoggerContext();
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level [%thread] %logger{0}: %msg%n");
        encoder.start();
        appender.setContext(context);
        appender.setFile(file.toString());
        appender.setAppend(true);
        appender.setEncoder(encoder);
        appender.addFilter(new Filter<>() {
            @Override
            public FilterReply decide(ILoggingEvent event) {
                String run = event.getMDCPropertyMap().getOrDefault(RUN, runId);
                return run.equals(runId) ? FilterReply.NEUTRAL : FilterReply.DENY;
            }
        });
        appender.start();
        root.addAppender(appender);
    }

    /// From now on this thread works for that run.
    static RunLog open(Path file, String runId) {
        MDC.put(RUN, runId);
        return new RunLog((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME), file, runId);
    }

    /// The same work, for the run that the thread asking for it works for.
    static Runnable carried(Runnable work) {
        String run = MDC.get(RUN);
        return run == null
                ? work
                : () -> {
                    MDC.put(RUN, run);
                    try {
                        work.run();
                    } finally {
                        MDC.remove(RUN);
                    }
                };
    }

    @Override
    public void close() {
        root.detachAppender(appender);
        appender.stop();
        MDC.remove(RUN);
    }
}
