package io.cellferry.launch.http;

import io.cellferry.launch.RunDesk;
import io.cellferry.launch.RunRecord;
import io.cellferry.launch.RunState;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.List;
import org.springframework.boot.micrometer.metrics.autoconfigure.MeterRegistryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// What this service counts of its runs since it started, beside what the framework counts of itself.
@Configuration(proxyBeanMethods = false)
class ServiceMeters {

    @Bean
    MeterRegistryCustomizer<MeterRegistry> runMeters(RunDesk desk) {
        return registry -> {
            Gauge.builder("cellferry.runs", desk, one -> one.totals().waiting())
                    .tag("state", RunState.WAITING)
                    .register(registry);
            Gauge.builder("cellferry.runs", desk, one -> one.totals().running())
                    .tag("state", RunState.RUNNING)
                    .register(registry);
            for (String end : List.of(RunState.DONE, RunState.FAILED, RunState.STOPPED, RunRecord.REFUSED)) {
                FunctionCounter.builder("cellferry.runs.ended", desk, one -> one.totals()
                                .endings()
                                .getOrDefault(end, 0L))
                        .tag("state", end)
                        .register(registry);
            }
            FunctionCounter.builder("cellferry.units", desk, one -> one.totals().units())
                    .register(registry);
            FunctionCounter.builder(
                            "cellferry.written", desk, one -> one.totals().bytes())
                    .baseUnit("bytes")
                    .register(registry);
        };
    }

    /// A step of a partition is named `step:range`; a series for each of thousands of ranges would fill the memory of
    /// whoever collects them.
    @Bean
    MeterFilter stepsWithoutRanges() {
        return MeterFilter.replaceTagValues("spring.batch.step.name", ServiceMeters::withoutRange);
    }

    static String withoutRange(String step) {
        int colon = step.indexOf(':');
        return colon < 0 ? step : step.substring(0, colon);
    }
}
