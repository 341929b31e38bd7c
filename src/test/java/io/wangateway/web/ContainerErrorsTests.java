package io.wangateway.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Stream;

import io.wangateway.GatewayTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** What Tomcat and the firewall refuse before any controller hears of it. */
@GatewayTest
class ContainerErrorsTests {

	@LocalServerPort
	int port;

	static Stream<Arguments> brokenRequests() {
		return Stream.of(arguments("no HTTP", "HELLO\r\n\r\n", 400),
				arguments("TLS", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\r\n\r\n", 400),
				arguments("no host", "GET /livez HTTP/1.1\r\n\r\n", 400),
				arguments("two hosts", "GET /livez HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
				arguments("header without a colon", get("/livez", "Nonsense"), 400),
				arguments("header name with a blank", get("/livez", "X Y: z"), 400),
				arguments("NUL in a header", get("/livez", "X-A: a\u0000b"), 400),
				arguments("unknown version", "GET /livez HTTP/7.0\r\nHost: a\r\n\r\n", 400),
				arguments("unknown transfer encoding", get("/livez", "Transfer-Encoding: gibberish"), 400),
				arguments("contradictory lengths", get("/livez", "Content-Length: 3\r\nContent-Length: 4"), 400),
				arguments("negative length", get("/livez", "Content-Length: -1"), 400),
				arguments("a megabyte of header", get("/livez", "X-A: " + "a".repeat(1 << 20)), 400),
				arguments("a long address", get("/" + "a".repeat(20_000), "X-A: a"), 400),
				arguments("many headers", get("/livez", "X-A: a\r\n".repeat(500) + "X-A: a"), 400),
				arguments("brackets", get("/v1/{id}", "X-A: a"), 400),
				arguments("NUL in the path", get("/v1/%00", "X-A: a"), 400),
				arguments("broken escape", get("/v1/%zz", "X-A: a"), 400),
				arguments("half an escape", get("/v1/%e4", "X-A: a"), 400),
				arguments("hidden slash", get("/v1/admin%2fteams", "X-A: a"), 400),
				arguments("climbing out", get("/../../etc/passwd", "X-A: a"), 400),
				arguments("hidden climbing out", get("/v1/%2e%2e/%2e%2e/", "X-A: a"), 400),
				arguments("path parameter", get("/v1/models;jsessionid=1", "X-A: a"), 400),
				arguments("double slash", get("//v1/models", "X-A: a"), 400),
				arguments("backslash", get("/v1\\models", "X-A: a"), 400),
				arguments("newline in the path", get("/v1/%0d%0aSet-Cookie:x", "X-A: a"), 400),
				arguments("TRACE", "TRACE /livez HTTP/1.1\r\nHost: a\r\n\r\n", 405),
				arguments("made-up method", "GIVE /livez HTTP/1.1\r\nHost: a\r\n\r\n", 400));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("brokenRequests")
	void refusalsCarryTheEnvelope(String name, String request, int status) throws IOException {
		String answer = send(request);
		assertThat(answer).startsWith("HTTP/1.1 " + status);
		assertThat(answer.toLowerCase(Locale.ROOT)).contains("content-type: application/json", "x-request-id: req_");
		JsonNode error = JsonMapper.shared().readTree(answer.substring(answer.indexOf("\r\n\r\n"))).get("error");
		assertThat(error.propertyNames()).containsExactly("code", "message", "type", "request_id");
		assertThat(answer).doesNotContain("Tomcat", "Exception", "<html");
	}

	@Test
	void requestIdIsKeptWhereTheHeaderCouldBeRead() throws IOException {
		assertThat(send("TRACE /livez HTTP/1.1\r\nHost: a\r\nX-Request-Id: mine\r\n\r\n"))
			.contains("\"request_id\":\"mine\"");
	}

	private static String get(String path, String header) {
		return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + header + "\r\n\r\n";
	}

	/**
	 * Whoever still sends when the connection is closed may lose the answer, and has to
	 * ask again.
	 */
	private String send(String request) throws IOException {
		for (int attempt = 1; attempt < 10; attempt++) {
			try {
				return sendOnce(request);
			}
			catch (SocketException _) {
				// Was still sending.
			}
		}
		return sendOnce(request);
	}

	private String sendOnce(String request) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.setSoTimeout(5_000);
			socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
			socket.shutdownOutput();
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
