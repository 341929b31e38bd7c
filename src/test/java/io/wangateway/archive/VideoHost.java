package io.wangateway.archive;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;

/** A server that has one video, and can be told to misbehave. */
final class VideoHost implements AutoCloseable {

	private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");

	private final HttpServer server;

	private final byte[] video;

	private final List<String> ranges = new CopyOnWriteArrayList<>();

	private volatile int status = 206;

	private volatile int cutAfter = Integer.MAX_VALUE;

	VideoHost(byte[] video) throws IOException {
		this.video = video;
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
		this.server.createContext("/", this::answer);
		this.server.start();
	}

	String url() {
		return "http://127.0.0.1:%d/result.mp4?Signature=x".formatted(this.server.getAddress().getPort());
	}

	/** Return the ranges that were asked for so far. */
	List<String> ranges() {
		return this.ranges;
	}

	/**
	 * Expect that after all of it the rest was asked for. What was sent last may not have
	 * arrived when the connection broke.
	 * @param sent after how many bytes it was cut
	 */
	void expectToBeAskedForTheRest(int sent) {
		assertThat(this.ranges).hasSize(2).first().isEqualTo("bytes=0-");
		Matcher rest = RANGE.matcher(this.ranges.getLast());
		assertThat(rest.matches()).isTrue();
		assertThat(Integer.parseInt(rest.group(1))).isBetween(1, sent);
	}

	/** Answer with another status, and no video. */
	void refuse(int with) {
		this.status = with;
	}

	/** Close connections after so many bytes of an answer. */
	void cutAfter(int bytes) {
		this.cutAfter = bytes;
	}

	private void answer(HttpExchange exchange) throws IOException {
		try (exchange) {
			String asked = exchange.getRequestHeaders().getFirst("Range");
			this.ranges.add(asked);
			if (this.status != 206) {
				exchange.sendResponseHeaders(this.status, -1);
				return;
			}
			Matcher range = RANGE.matcher(asked);
			int first = range.matches() ? Integer.parseInt(range.group(1)) : 0;
			int last = range.group(2).isEmpty() ? this.video.length - 1 : Integer.parseInt(range.group(2));
			if (first >= this.video.length) {
				exchange.getResponseHeaders().set("Content-Range", "bytes */" + this.video.length);
				exchange.sendResponseHeaders(416, -1);
				return;
			}
			exchange.getResponseHeaders()
				.set("Content-Range", "bytes %d-%d/%d".formatted(first, last, this.video.length));
			exchange.sendResponseHeaders(206, last - first + 1L);
			exchange.getResponseBody().write(this.video, first, Math.min(last - first + 1, this.cutAfter));
			exchange.getResponseBody().flush();
		}
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
