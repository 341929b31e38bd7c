package io.wangateway.store;

import java.io.InputStream;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.Globals;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Files that are being sent when the gateway is stopped. */
class FilesUnderWayTests {

	/** More than the buffers of both ends of a connection hold. */
	private static final int SIZE = 64 << 20;

	@TempDir
	Path folder;

	private final FilesUnderWay files = new FilesUnderWay();

	private WebServer server;

	@BeforeEach
	void serveAFile() throws Exception {
		Path file = this.folder.resolve("film.mp4");
		try (RandomAccessFile made = new RandomAccessFile(file.toFile(), "rw")) {
			made.setLength(SIZE);
		}
		TomcatServletWebServerFactory factory = new TomcatServletWebServerFactory(0);
		factory.setAddress(InetAddress.getLoopbackAddress());
		this.files.customize(factory);
		this.server = factory
			.getWebServer((servlets) -> servlets.addServlet("files", new SendsFile(file)).addMapping("/"));
		this.server.start();
		this.files.start();
	}

	@AfterEach
	void stop() {
		this.server.stop();
	}

	@Test
	void stoppingWaitsUntilTheCallerHasTheWholeFile() throws Exception {
		CountDownLatch stopped = new CountDownLatch(1);
		try (Socket caller = ask()) {
			await().until(this.files::isSending);
			this.server.shutDownGracefully((_) -> {
			});
			this.files.stop(stopped::countDown);
			assertThat(stopped.await(300, TimeUnit.MILLISECONDS)).isFalse();
			assertThat(bytesOf(caller)).isGreaterThan(SIZE);
		}
		assertThat(stopped.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(this.files.isRunning()).isFalse();
	}

	@Test
	void callerWhoLeavesHoldsNothingUp() throws Exception {
		try (Socket _ = ask()) {
			await().until(this.files::isSending);
		}
		await().atMost(Duration.ofSeconds(10)).until(() -> !this.files.isSending());
	}

	@Test
	void openConnectionWithoutAFileHoldsNothingUp() throws Exception {
		CountDownLatch stopped = new CountDownLatch(1);
		try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), this.server.getPort())) {
			this.files.stop(stopped::countDown);
			assertThat(stopped.await(5, TimeUnit.SECONDS)).isTrue();
		}
	}

	private Socket ask() throws Exception {
		Socket caller = new Socket(InetAddress.getLoopbackAddress(), this.server.getPort());
		caller.getOutputStream()
			.write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
				.getBytes(StandardCharsets.US_ASCII));
		return caller;
	}

	private static long bytesOf(Socket caller) throws Exception {
		try (InputStream answer = caller.getInputStream()) {
			byte[] buffer = new byte[1 << 16];
			long all = 0;
			for (int read = answer.read(buffer); read >= 0; read = answer.read(buffer)) {
				all += read;
			}
			return all;
		}
	}

	/** Leaves it to Tomcat to send a file. */
	private static final class SendsFile extends HttpServlet {

		private final transient Path file;

		private SendsFile(Path file) {
			this.file = file;
		}

		@Override
		protected void doGet(HttpServletRequest request, HttpServletResponse response) {
			response.setContentLengthLong(SIZE);
			request.setAttribute(Globals.SENDFILE_FILENAME_ATTR, this.file.toString());
			request.setAttribute(Globals.SENDFILE_FILE_START_ATTR, 0L);
			request.setAttribute(Globals.SENDFILE_FILE_END_ATTR, (long) SIZE);
		}

	}

}
