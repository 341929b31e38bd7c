FROM maven:3-eclipse-temurin-25 AS build
WORKDIR /build

# Dependencies and plugins change seldom: a layer of their own, made anew only with the POM.
COPY pom.xml ./
RUN mvn --batch-mode --no-transfer-progress dependency:resolve-plugins dependency:resolve --define includeScope=runtime

COPY db db
COPY src/main src/main
RUN mvn --batch-mode --no-transfer-progress package --define maven.test.skip=true \
    && java -Djarmode=tools -jar target/wan-gateway-*.jar extract --layers --destination layers \
    && mv layers/application/wan-gateway-*.jar layers/application/wan-gateway.jar

FROM eclipse-temurin:25-jre
WORKDIR /app

RUN groupadd --system --gid 10001 gateway \
    && useradd --system --uid 10001 --gid gateway --home-dir /data --shell /usr/sbin/nologin gateway \
    && install --directory --owner=gateway --group=gateway --mode=0700 /data

COPY --from=build /build/layers/dependencies/ ./
COPY --from=build /build/layers/spring-boot-loader/ ./
COPY --from=build /build/layers/snapshot-dependencies/ ./
COPY --from=build /build/layers/application/ ./

# What the JVM learns at a first start, for all others: they take a third of the time. As the user that will run it, since
# the database that is needed meanwhile does not run as root.
COPY deploy/aot-cache.sh /tmp/
RUN setpriv --reuid=10001 --regid=10001 --clear-groups sh /tmp/aot-cache.sh wan-gateway.jar /tmp/wan-gateway.aot \
    && install --mode=0444 /tmp/wan-gateway.aot wan-gateway.aot \
    && rm /tmp/aot-cache.sh /tmp/wan-gateway.aot

# Keys that the gateway makes for itself; and its rows, where no SPRING_DATASOURCE_URL is given.
ENV GATEWAY_DATA_DIR=/data
VOLUME /data

ENV JAVA_TOOL_OPTIONS="-XX:+UseSerialGC -XX:MaxRAMPercentage=60 -XX:+ExitOnOutOfMemoryError"
USER 10001:10001
EXPOSE 8080

# Ready to take requests, asked without curl, which the image does not have, and on the port that never speaks TLS.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${MANAGEMENT_SERVER_PORT:-8081} && printf 'GET /actuator/health/readiness HTTP/1.0\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]

ENTRYPOINT ["java", "-XX:AOTCache=wan-gateway.aot", "-Xlog:aot*=error", "-jar", "wan-gateway.jar"]
