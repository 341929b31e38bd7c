package io.wangateway.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import io.wangateway.GatewayTest;
import io.wangateway.TestGateway;

import static org.assertj.core.api.Assertions.assertThat;

/** Callers who send slowly, for ever, or only half of what they announced. */
@GatewayTest
class SlowCallersTests {

	@LocalServerPort
	int port;

	@Autowired
	TestGateway gateway;

	@Test
	void bodyWithoutEndIsCutOff() throws IOException {
		try (Socket socket = connect()) {
			send(socket, head("Transfer-Encoding: chunked"));
			String chunk = "10000\r\n" + " ".repeat(0x10000) + "\r\n";
			int sent = 0;
			try {
				for (; sent < 1024; sent++) {
					send(socket, chunk);
				}
			}
			catch (SocketException _) {
				// Nobody listens any more.
			}
			assertThat(sent).as("chunks of 64 KiB that were taken").isLessThan(1024);
		}
	}

	@Test
	void bodyThatIsAnnouncedAsTooLargeIsNotRead() throws IOException {
		assertThat(answer(head("Content-Length: 10000000000") + "{")).startsWith("HTTP/1.1 413")
			.contains("request_too_large");
	}

	@Test
	void chunkedBodyOverTheLimitIsToldSo() throws IOException {
		String body = "100001\r\n" + " ".repeat((1 << 20) + 1) + "\r\n";
		assertThat(answer(head("Transfer-Encoding: chunked") + body)).startsWith("HTTP/1.1 413")
			.contains("request_too_large");
	}

	@Test
	void bodyThatBreaksOffIsRefused() throws IOException {
		try (Socket socket = connect()) {
			send(socket, head("Content-Length: 100") + "{\"name\":");
			socket.shutdownOutput();
			assertThat(read(socket)).startsWith("HTTP/1.1 400").contains("The body broke off, or stopped for too long");
		}
	}

	@Test
	void callersWhoStopAreGivenUp() throws Exception {
		try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<String> silence = executor.submit(() -> answer(""));
			Future<String> head = executor.submit(() -> answer("GET /livez HTTP/1.1\r\nHost: a\r\nX-A: "));
			Future<String> body = executor.submit(() -> answer(head("Content-Length: 100") + "{\"name\":"));
			assertThat(silence.get()).isEmpty();
			assertThat(head.get()).doesNotContain("HTTP/1.1 2");
			assertThat(body.get()).startsWith("HTTP/1.1 400").contains("The body broke off, or stopped for too long");
		}
	}

	@Test
	void bodyThatTricklesInIsGivenUp() throws Exception {
		try (Socket socket = connect(); ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			send(socket, head("Content-Length: 1000"));
			Future<String> answer = executor.submit(() -> read(socket));
			trickle(socket, answer, " ");
			assertThat(answer.get()).startsWith("HTTP/1.1 400")
				.contains("The body took longer than 2 seconds to arrive");
		}
	}

	@Test
	void slowCallerIsRefusedWithoutWaitingForTheBody() throws IOException {
		long start = System.nanoTime();
		try (Socket socket = connect()) {
			send(socket, "POST /v1/admin/teams HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n");
			byte[] first = socket.getInputStream().readNBytes(12);
			assertThat(new String(first, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 401");
		}
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
	}

	/**
	 * Send a byte now and then, faster than Tomcat's time-out, until there is an answer.
	 */
	private static void trickle(Socket socket, Future<String> answer, String octet) throws Exception {
		for (int i = 0; i < 100 && !answer.isDone(); i++) {
			try {
				send(socket, octet);
			}
			catch (SocketException _) {
				return;
			}
			try {
				answer.get(100, TimeUnit.MILLISECONDS);
			}
			catch (TimeoutException _) {
				// Not yet.
			}
		}
	}

	private String head(String header) {
		return "POST /v1/admin/teams HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAuthorization: Bearer %s\r\n%s\r\n\r\n"
			.formatted(this.gateway.admin(), header);
	}

	private String answer(String request) throws IOException {
		try (Socket socket = connect()) {
			send(socket, request);
			return read(socket);
		}
	}

	private Socket connect() throws IOException {
		Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port);
		socket.setSoTimeout(15_000);
		return socket;
	}

	private static void send(Socket socket, String text) throws IOException {
		OutputStream out = socket.getOutputStream();
		out.write(text.getBytes(StandardCharsets.ISO_8859_1));
		out.flush();
	}

	/**
	 * Read until the gateway closes the connection, which it must before the time-out.
	 */
	private static String read(Socket socket) throws IOException {
		InputStream in = socket.getInputStream();
		StringBuilder answer = new StringBuilder();
		byte[] buffer = new byte[8192];
		try {
			int read = in.read(buffer);
			while (read >= 0
					&& !answer.append(new String(buffer, 0, read, StandardCharsets.UTF_8)).toString().endsWith("}}")) {
				read = in.read(buffer);
			}
		}
		catch (SocketException _) {
			// Reset, as what was sent will never be read.
		}
		return answer.toString();
	}

}
