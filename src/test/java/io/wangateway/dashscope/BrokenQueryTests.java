package io.wangateway.dashscope;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests that a query whose connection misbehaves ends in time, proves nothing and delays
 * no other.
 */
@Timeout(20)
class BrokenQueryTests {

	private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

	private static final String RUNNING = HEAD + "Content-Length: 36\r\n\r\n{\"output\":{\"task_status\":\"RUNNING\"}}";

	@Test
	void silentServerIsLeftAtTheResponseDeadline() throws Exception {
		try (RawServer server = new RawServer((connection) -> {
			connection.readRequest();
			connection.hang();
		})) {
			DashScopeClient client = Upstream.client(server.url(), Upstream.impatient());
			assertThat(client.status("t-1")).isInstanceOf(NoAnswer.class);
		}
	}

	@Test
	void serverThatSendsAByteNowAndThenIsLeftAtTheCallDeadline() throws Exception {
		CompletableFuture<Void> left = new CompletableFuture<>();
		try (RawServer server = new RawServer((connection) -> {
			connection.readRequest();
			connection.write(HEAD + "Content-Length: 1000\r\n\r\n");
			connection.drip();
			left.complete(null);
		})) {
			DashScopeClient client = Upstream.client(server.url(), Upstream.impatient());
			assertThat(client.list(new TaskQuery(null, null, null, null, 1))).isInstanceOf(NoAnswer.class);
			assertThat(left).succeedsWithin(Duration.ofSeconds(5));
		}
	}

	@Test
	void headThatTakesForeverIsLeftAtTheResponseDeadline() throws Exception {
		try (RawServer server = new RawServer((connection) -> {
			connection.readRequest();
			connection.write(HEAD + "X-Slow: ");
			connection.drip();
		})) {
			DashScopeClient client = Upstream.client(server.url(), Upstream.impatient());
			assertThat(client.cancel("t-1")).isInstanceOf(NoAnswer.class);
		}
	}

	@Test
	void answerOfAGigabyteIsCutOff() throws Exception {
		CompletableFuture<Long> sent = new CompletableFuture<>();
		try (RawServer server = new RawServer((connection) -> {
			connection.readRequest();
			connection.write(HEAD + "Content-Length: 1073741824\r\n\r\n");
			sent.complete(connection.flood());
		})) {
			DashScopeClient client = Upstream.client(server.url(),
					Upstream.settings(Duration.ofSeconds(10), Duration.ofSeconds(2)));
			assertThat(client.status("t-1")).isInstanceOf(NoAnswer.class);
			assertThat(sent.get()).isLessThan(64 * 1024 * 1024);
		}
	}

	@Test
	void queriesShareAConnectionUntilOneGivesUp() throws Exception {
		try (RawServer server = new RawServer((connection) -> {
			connection.readRequest();
			connection.write(RUNNING);
			connection.readRequest();
			connection.write(HEAD + "Content-Length: 1000\r\n\r\n");
			connection.hang();
		})) {
			DashScopeClient client = Upstream.client(server.url(), Upstream.impatient());
			assertThat(client.status("t-1")).isInstanceOf(TaskStatus.Running.class);
			assertThat(client.status("t-1")).isInstanceOf(NoAnswer.class);
			assertThat(server.connections).hasValue(1);
			assertThat(client.status("t-1")).isInstanceOf(TaskStatus.Running.class);
			assertThat(server.connections).hasValue(2);
		}
	}

	@Test
	void hungQueriesDelayNoOther() throws Exception {
		try (RawServer server = new RawServer((connection) -> {
			connection.readRequest();
			if (connection.requests().get() <= 100) {
				connection.hang();
			}
			connection.write(RUNNING);
		})) {
			DashScopeClient client = Upstream.client(server.url(), Upstream.patient());
			for (int i = 0; i < 100; i++) {
				Thread.startVirtualThread(() -> client.status("t-1"));
			}
			await().until(() -> server.requests.get() >= 100);
			long start = System.nanoTime();
			assertThat(client.status("t-1")).isInstanceOf(TaskStatus.Running.class);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
		}
	}

}
