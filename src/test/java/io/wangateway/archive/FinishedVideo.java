package io.wangateway.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

import io.wangateway.TestGateway;
import io.wangateway.generation.GenerationId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.awaitility.Awaitility.await;

/**
 * Makes videos in the sandbox, and puts them into states that take days to come about.
 */
@TestComponent
class FinishedVideo {

	private final TestGateway gateway;

	private final JdbcClient jdbc;

	private final Path folder;

	private final HttpClient http = HttpClient.newHttpClient();

	FinishedVideo(TestGateway gateway, JdbcClient jdbc, @Value("${gateway.data-dir}") Path folder) {
		this.gateway = gateway;
		this.jdbc = jdbc;
		this.folder = folder;
	}

	/** Make a video and wait until it is copied. */
	Made make() {
		return make(this.gateway.sandboxKey(this.gateway.team()), "");
	}

	/** Make a video with the simulator's directives and wait until it is copied. */
	Made make(String key, String directives) {
		JsonNode receipt = TestGateway.json(this.gateway.post(key, "/v1/videos/generations", """
				{"model": "wan2.6-flash", "image_urls": ["https://example.com/a.png"], "prompt": "A cat %s",
				 "resolution": "720p", "audio": false}""".formatted(directives)));
		String id = receipt.get("id").stringValue();
		await().atMost(Duration.ofSeconds(60))
			.pollInterval(Duration.ofMillis(100))
			.until(() -> task(key, id).at("/result/data/0/sha256").isString());
		return new Made(key, id);
	}

	JsonNode task(String key, String id) {
		return TestGateway.json(this.gateway.get(key, "/v1/videos/generations/" + id));
	}

	/** Have a video be as if it had only just been finished upstream, at that address. */
	void uncopy(Made made, @Nullable String link) throws IOException {
		Files.deleteIfExists(file(made));
		this.jdbc.sql("""
				update archived_video
				   set state = 'PENDING', gone_at = null, removed = false,
				       ended_at = (select ended_at from generation where id = :id)
				 where generation_id = :id""").param("id", made.uuid()).update();
		this.jdbc.sql("""
				update generation set video_size = null, video_sha256 = null, video_url = coalesce(:link, video_url)
				 where id = :id""").param("link", link).param("id", made.uuid()).update();
	}

	/** Have a video be older than it is. */
	void age(Made made, Duration by) {
		this.jdbc.sql("""
				update archived_video set ended_at = ended_at - :by * interval '1 second' where generation_id = :id""")
			.param("by", by.toSeconds())
			.param("id", made.uuid())
			.update();
	}

	/** Have upstream not know the task, and return what it was called there. */
	String forgetUpstream(Made made) {
		String taskId = this.jdbc.sql("select upstream_task_id from generation where id = :id")
			.param("id", made.uuid())
			.query(String.class)
			.single();
		rememberUpstream(made, UUID.randomUUID().toString());
		return taskId;
	}

	void rememberUpstream(Made made, String taskId) {
		this.jdbc.sql("update generation set upstream_task_id = :taskId where id = :id")
			.param("taskId", taskId)
			.param("id", made.uuid())
			.update();
	}

	String state(Made made) {
		return this.jdbc.sql("select state from archived_video where generation_id = :id")
			.param("id", made.uuid())
			.query(String.class)
			.single();
	}

	Path file(Made made) {
		return this.folder.resolve("archive")
			.resolve(made.id().substring(made.id().length() - 2))
			.resolve(made.id() + ".mp4");
	}

	/** Return the link in the task. */
	String url(Made made) {
		return task(made.key(), made.id()).at("/result/data/0/url").stringValue();
	}

	/**
	 * Fetch something.
	 * @param url where from
	 * @param headers names and values in turn
	 */
	HttpResponse<byte[]> fetch(String method, String url, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
			.method(method, HttpRequest.BodyPublishers.noBody());
		if (headers.length > 0) {
			request.headers(headers);
		}
		try {
			return this.http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Take the store away until what is returned is closed. */
	StoreAway takeStoreAway() throws IOException {
		return new StoreAway(this.folder.resolve("store.id"), this.folder.resolve("store.away"));
	}

	/** Keeps the store away: what looks like its folder is not marked as the store. */
	static final class StoreAway implements AutoCloseable {

		private final Path mark;

		private final Path away;

		private StoreAway(Path mark, Path away) throws IOException {
			this.mark = mark;
			this.away = away;
			Files.move(mark, away);
		}

		@Override
		public void close() throws IOException {
			Files.move(this.away, this.mark);
		}

	}

	/** A finished task of a sandbox key. */
	record Made(String key, String id) {

		UUID uuid() {
			return GenerationId.parse(this.id).orElseThrow().value();
		}

	}

}
