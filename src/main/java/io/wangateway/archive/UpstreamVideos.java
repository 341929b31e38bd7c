package io.wangateway.archive;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The videos where upstream keeps them, for a day.
 */
@Component
class UpstreamVideos {

	private static final Duration CONNECT = Duration.ofSeconds(5);

	private static final Duration ANSWER = Duration.ofSeconds(20);

	private final HttpClient http = HttpClient.newBuilder()
		.connectTimeout(CONNECT)
		.version(HttpClient.Version.HTTP_1_1)
		.executor(Executors.newVirtualThreadPerTaskExecutor())
		.build();

	private final JdbcClient jdbc;

	UpstreamVideos(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Return upstream's link to a generation's video.
	 * @param generation the generation
	 * @return the link, unless there is no such generation or it has no video
	 */
	Optional<URI> linkTo(UUID generation) {
		return this.jdbc.sql("select video_url from generation where id = :id and video_url is not null")
			.param("id", generation)
			.query(String.class)
			.optional()
			.map(URI::create);
	}

	/**
	 * Open a video, or a part of one.
	 * @param link upstream's link
	 * @param range the part, as a caller's {@code Range} header names it, or {@code null}
	 * @return upstream's answer; its body is read as it comes and must be closed
	 * @throws IOException if upstream can't be reached
	 * @throws InterruptedException if the gateway stops meanwhile
	 */
	HttpResponse<InputStream> open(URI link, @Nullable String range) throws IOException, InterruptedException {
		HttpRequest.Builder request = HttpRequest.newBuilder(link).timeout(ANSWER);
		if (range != null) {
			request.header("Range", range);
		}
		return this.http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
	}

}
