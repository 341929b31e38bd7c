package io.wangateway.dashscope;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server that gives the answers it is told to give, and a client of it.
 */
class Upstream implements AutoCloseable {

	static final String KEY = "sk-central-0123456789";

	static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

	final MockWebServer server = new MockWebServer();

	final DashScopeClient client;

	Upstream() throws IOException {
		this.server.start();
		this.client = client(this.server.url("/api/v1").uri(), patient());
	}

	static DashScopeClient client(URI baseUrl, DashScopeSettings settings) {
		return new DashScopeClient(new DashScopeAccount(baseUrl, KEY, null), settings,
				Clock.fixed(NOW, ZoneOffset.UTC));
	}

	/** Deadlines that only a server that is silent for good misses. */
	static DashScopeSettings patient() {
		return settings(Duration.ofSeconds(10), Duration.ofSeconds(20));
	}

	/** Deadlines that a test can wait for. */
	static DashScopeSettings impatient() {
		return settings(Duration.ofMillis(400), Duration.ofMillis(800));
	}

	static DashScopeSettings settings(Duration response, Duration call) {
		return new DashScopeSettings("", "", "", "", response, response, call, call, DataSize.ofKilobytes(64));
	}

	Upstream answer(int status, String body) {
		return answer(new MockResponse.Builder().code(status)
			.addHeader("Content-Type", "application/json")
			.body(body)
			.build());
	}

	Upstream answer(MockResponse response) {
		this.server.enqueue(response);
		return this;
	}

	RecordedRequest request() throws InterruptedException {
		RecordedRequest request = this.server.takeRequest(1, TimeUnit.SECONDS);
		assertThat(request).isNotNull();
		return request;
	}

	static String body(RecordedRequest request) {
		return Objects.requireNonNull(request.getBody()).utf8();
	}

	@Override
	public void close() {
		this.server.close();
	}

}
