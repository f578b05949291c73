# cellferry in a container; needs nothing but the checkout.
#
#   docker build -t cellferry .
#   docker run --rm -v "$PWD:/data" --user "$(id -u):$(id -g)" cellferry export sample.h5ad -o exports/sample
#
# /data is the working folder: inputs, outputs, jobs/ and application.yml are looked up there. A memory limit of the
# container (--memory) is respected: cellferry takes a quarter of it unless CELLFERRY_MEMORY or its own --memory says more.

FROM eclipse-temurin:25-jdk AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends maven \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY pom.xml ./
COPY src ./src
RUN mvn -q -B -Dmaven.test.skip=true -Dspotless.check.skip=true package

FROM eclipse-temurin:25-jre
LABEL org.opencontainers.image.title="cellferry" \
      org.opencontainers.image.description="Restartable conversions of huge single-cell data"

# File names are UTF-8. The cache belongs to the image: it needs no writable state folder and costs nothing at the first run.
ENV LANG=C.UTF-8 LC_ALL=C.UTF-8 \
    CELLFERRY_JAVA_HOME=/opt/java/openjdk \
    CELLFERRY_JAR=/opt/cellferry/cellferry.jar \
    CELLFERRY_AOT_CACHE=/opt/cellferry/start-up \
    CELLFERRY_HOME=/var/lib/cellferry

WORKDIR /opt/cellferry
COPY --from=build /build/target/lib ./lib
COPY --from=build /build/target/cellferry.jar ./
COPY cellferry ./
COPY jobs ./jobs

# The state folder is open to all, because `--user` may name any. The example is converted once: that prepares the
# cache, and an image that cannot convert is never built.
RUN ln -s /opt/cellferry/cellferry /usr/local/bin/cellferry \
    && groupadd --system --gid 10001 cellferry \
    && useradd --system --uid 10001 --gid cellferry --home-dir /var/lib/cellferry --no-create-home cellferry \
    && cellferry run jobs/demo.yml -o /tmp/demo \
    && cellferry verify /tmp/demo \
    && ls "$CELLFERRY_AOT_CACHE"-*.aot \
    && rm -rf /tmp/* /var/lib/cellferry \
    && install -d -o cellferry -g cellferry -m 1777 /var/lib/cellferry /data

WORKDIR /data
COPY --chown=cellferry:cellferry application.yml ./
COPY --chown=cellferry:cellferry jobs ./jobs
USER cellferry

# SIGTERM ends a run at the next unit; give it time (docker stop -t 60). The same command continues it.
STOPSIGNAL SIGTERM
ENTRYPOINT ["cellferry"]
CMD ["--help"]
