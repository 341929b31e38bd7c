package io.wangateway.dashscope;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests what is known of a request to make a video when the connection, not an answer,
 * decides its fate.
 */
@Timeout(20)
class BrokenSubmissionTests {

	private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Request-Id: r-1\r\n";

	@Test
	void refusedConnectionProvesThatNothingWasTaken() throws Exception {
		URI nobody;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			nobody = URI.create("http://localhost:" + socket.getLocalPort());
		}
		assertThat(create(nobody)).isInstanceOf(Submission.NotTaken.class);
	}

	@Test
	void unknownHostProvesThatNothingWasTaken() throws Exception {
		assertThat(create(URI.create("http://dashscope.invalid"))).isInstanceOf(Submission.NotTaken.class);
	}

	@Test
	void connectionThatIsNeverMadeProvesThatNothingWasTaken() throws Exception {
		// A full backlog lets the kernel ignore further connections.
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				Socket first = new Socket();
				Socket second = new Socket()) {
			first.connect(socket.getLocalSocketAddress());
			second.connect(new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort()));
			assertThat(create(URI.create("http://localhost:" + socket.getLocalPort())))
				.isInstanceOf(Submission.NotTaken.class);
		}
	}

	@Test
	void failedTlsHandshakeProvesThatNothingWasTaken() throws Exception {
		try (RawServer server = new RawServer((connection) -> connection.write("HTTP/1.1 200 OK\r\n\r\n"))) {
			URI url = URI.create(server.url().toString().replace("http:", "https:"));
			assertThat(create(url)).isInstanceOf(Submission.NotTaken.class);
		}
	}

	@Test
	void silentTlsHandshakeProvesThatNothingWasTaken() throws Exception {
		try (RawServer server = new RawServer(RawServer.Connection::hang)) {
			URI url = URI.create(server.url().toString().replace("http:", "https:"));
			assertThat(create(url)).isInstanceOf(Submission.NotTaken.class);
		}
	}

	@Test
	void resetAfterTheRequestIsInDoubtAndNeverRepeated() throws Exception {
		try (RawServer server = new RawServer((connection) -> {
			connection.readRequest();
			connection.reset();
		})) {
			assertThat(create(server.url())).isInstanceOf(Submission.Unknown.class);
			assertThat(server.requests).hasValue(1);
		}
	}

	@Test
	void orderlyEndAfterTheRequestIsInDoubtAndNeverRepeated() throws Exception {
		try (RawServer server = new RawServer(RawServer.Connection::readRequest)) {
			assertThat(create(server.url())).isInstanceOf(Submission.Unknown.class);
			assertThat(server.requests).hasValue(1);
		}
	}

	@Test
	void resetBeforeTheRequestWasReadIsInDoubtAndNeverRepeated() throws Exception {
		try (RawServer server = new RawServer((connection) -> {
			connection.socket().getInputStream().read();
			connection.reset();
		})) {
			assertThat(create(server.url())).isInstanceOf(Submission.Unknown.class);
			assertThat(server.connections).hasValue(1);
		}
	}

	@Test
	void everySubmissionHasAConnectionOfItsOwn() throws Exception {
		try (RawServer server = new RawServer((connection) -> {
			connection.readRequest();
			connection.write(HEAD + "Content-Length: 32\r\n\r\n{\"output\":{\"task_id\":\"t-00001\"}}");
			connection.hang();
		})) {
			DashScopeClient client = Upstream.client(server.url(), Upstream.patient());
			client.create(SubmissionTests.TASK);
			client.create(SubmissionTests.TASK);
			assertThat(server.connections).hasValue(2);
		}
	}

	@Test
	void submissionLeavesNoThreadBehind() throws Exception {
		try (RawServer server = new RawServer((connection) -> {
			connection.readRequest();
			connection.hang();
		})) {
			DashScopeClient client = Upstream.client(server.url(), Upstream.impatient());
			long before = selectors();
			for (int i = 0; i < 3; i++) {
				client.create(SubmissionTests.TASK);
			}
			await().until(() -> selectors() <= before);
		}
	}

	@Test
	void silentServerIsLeftAtTheResponseDeadlineAndInDoubt() throws Exception {
		try (RawServer server = new RawServer((connection) -> {
			connection.readRequest();
			connection.hang();
		})) {
			assertThat(create(server.url())).isInstanceOf(Submission.Unknown.class);
		}
	}

	@Test
	void serverThatSendsAByteNowAndThenIsLeftAtTheCallDeadlineAndInDoubt() throws Exception {
		try (RawServer server = new RawServer((connection) -> {
			connection.readRequest();
			connection.write(HEAD + "Content-Length: 1000\r\n\r\n");
			connection.drip();
		})) {
			DashScopeClient client = Upstream.client(server.url(),
					Upstream.settings(Duration.ofSeconds(10), Duration.ofSeconds(1)));
			assertThat(client.create(SubmissionTests.TASK)).isInstanceOfSatisfying(Submission.Unknown.class,
					(unknown) -> {
						assertThat(unknown.error().httpStatus()).isEqualTo(200);
						assertThat(unknown.error().requestId()).isEqualTo("r-1");
					});
		}
	}

	@Test
	void answerOfAGigabyteIsCutOffAndInDoubt() throws Exception {
		CompletableFuture<Long> sent = new CompletableFuture<>();
		try (RawServer server = new RawServer((connection) -> {
			connection.readRequest();
			connection.write(HEAD + "Content-Length: 1073741824\r\n\r\n");
			sent.complete(connection.flood());
		})) {
			assertThat(create(server.url())).isInstanceOf(Submission.Unknown.class);
			assertThat(sent.get()).isLessThan(64 * 1024 * 1024);
		}
	}

	@Test
	void truncatedAnswerIsInDoubt() throws Exception {
		try (RawServer server = new RawServer((connection) -> {
			connection.readRequest();
			connection.write(HEAD + "Content-Length: 1000\r\n\r\n{\"output\":{\"task_id\":\"t-1\"}}");
		})) {
			assertThat(create(server.url())).isInstanceOf(Submission.Unknown.class);
		}
	}

	@Test
	void truncatedRefusalIsInDoubt() throws Exception {
		try (RawServer server = new RawServer((connection) -> {
			connection.readRequest();
			connection.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 1000\r\n\r\n{\"code\":\"Arrea");
		})) {
			assertThat(create(server.url())).isInstanceOf(Submission.Unknown.class);
		}
	}

	@Test
	void answerThatIsNoHttpIsInDoubt() throws Exception {
		try (RawServer server = new RawServer((connection) -> {
			connection.readRequest();
			connection.write("SSH-2.0-OpenSSH_9.6\r\n\r\n");
		})) {
			assertThat(create(server.url())).isInstanceOf(Submission.Unknown.class);
		}
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void interruptedSubmissionIsInDoubtAndNoError(CapturedOutput output) throws Exception {
		try (RawServer server = new RawServer((connection) -> {
			connection.readRequest();
			connection.hang();
		})) {
			DashScopeClient client = Upstream.client(server.url(), Upstream.patient());
			CompletableFuture<Submission> outcome = new CompletableFuture<>();
			Thread sender = Thread.startVirtualThread(() -> outcome.complete(client.create(SubmissionTests.TASK)));
			await().until(() -> server.requests.get() > 0);
			sender.interrupt();
			assertThat(outcome.get()).isInstanceOf(Submission.Unknown.class);
			assertThat(output).doesNotContain("ERROR");
		}
	}

	@Test
	void hungCallsDelayNoOther() throws Exception {
		try (RawServer server = new RawServer((connection) -> {
			connection.readRequest();
			if (connection.requests().get() <= 100) {
				connection.hang();
			}
			connection.write(HEAD + "Content-Length: 32\r\n\r\n{\"output\":{\"task_id\":\"t-00001\"}}");
		})) {
			DashScopeClient client = Upstream.client(server.url(), Upstream.patient());
			for (int i = 0; i < 100; i++) {
				Thread.startVirtualThread(() -> client.create(SubmissionTests.TASK));
			}
			await().until(() -> server.requests.get() >= 100);
			long start = System.nanoTime();
			assertThat(client.create(SubmissionTests.TASK)).isInstanceOf(Submission.Accepted.class);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
		}
	}

	private static long selectors() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().endsWith("SelectorManager"))
			.count();
	}

	private static Submission create(URI url) {
		return Upstream.client(url, Upstream.impatient()).create(SubmissionTests.TASK);
	}

}
