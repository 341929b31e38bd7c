package io.wangateway.archive;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * The videos where upstream keeps them, for a day.
 */
@Component
class UpstreamVideos {

	private static final Duration CONNECT = Duration.ofSeconds(5);

	private static final Duration ANSWER = Duration.ofSeconds(20);

	private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (?<first>\\d{1,18})-\\d+/(?<size>\\d{1,18})");

	private static final Pattern UNSATISFIED_RANGE = Pattern.compile("bytes \\*/(?<size>\\d{1,18})");

	private final HttpClient http = HttpClient.newBuilder()
		.connectTimeout(CONNECT)
		.version(HttpClient.Version.HTTP_1_1)
		.followRedirects(HttpClient.Redirect.NEVER)
		.executor(Executors.newVirtualThreadPerTaskExecutor())
		.build();

	private final Duration timeout;

	UpstreamVideos(ArchiveSettings settings) {
		this.timeout = settings.copyTimeout();
	}

	/**
	 * Open a video from one byte on. Always by {@code Range}, even for the whole, since
	 * the answer then names the size; never by {@code HEAD}, which a link that is signed
	 * for {@code GET} refuses.
	 * @param link upstream's link
	 * @param range the value of the {@code Range} header
	 * @return upstream's answer
	 * @throws IOException if upstream can't be reached, or does not answer in time
	 */
	Answer open(URI link, String range) throws IOException {
		HttpRequest request = HttpRequest.newBuilder(link).timeout(ANSWER).header("Range", range).build();
		try {
			HttpResponse<InputStream> response = this.http.send(request, HttpResponse.BodyHandlers.ofInputStream());
			return answer(response);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException("The gateway stops", ex);
		}
	}

	private Answer answer(HttpResponse<InputStream> response) throws IOException {
		Matcher range = CONTENT_RANGE.matcher(response.headers().firstValue("Content-Range").orElse(""));
		switch (response.statusCode()) {
			case 206 -> {
				if (range.matches()) {
					return part(response.body(), Long.parseLong(range.group("first")),
							Long.parseLong(range.group("size")));
				}
			}
			case 200 -> {
				long size = response.headers().firstValueAsLong("Content-Length").orElse(-1);
				if (size > 0) {
					return part(response.body(), 0, size);
				}
			}
			case 403, 404, 410 -> {
				response.body().close();
				return new Dead(response.statusCode());
			}
			case 416 -> {
				response.body().close();
				return new Beyond(size(response));
			}
			default -> {
			}
		}
		response.body().close();
		throw new IOException("Upstream answered %d instead of a video".formatted(response.statusCode()));
	}

	private static long size(HttpResponse<?> response) {
		Matcher unsatisfied = UNSATISFIED_RANGE.matcher(response.headers().firstValue("Content-Range").orElse(""));
		return unsatisfied.matches() ? Long.parseLong(unsatisfied.group("size")) : -1;
	}

	private Part part(InputStream body, long first, long size) {
		return new Part(new TimedBody(body, this.timeout), first, size);
	}

	/** What upstream answers to a link. */
	sealed interface Answer {

	}

	/**
	 * The video, from some byte on.
	 *
	 * @param body the bytes, to be closed; reading fails when it takes too long
	 * @param first the first byte, which need not be the one asked for
	 * @param size of the whole video
	 */
	record Part(InputStream body, long first, long size) implements Answer {
	}

	/**
	 * There is nothing from that byte on.
	 *
	 * @param size of the whole video, -1 if upstream does not say
	 */
	record Beyond(long size) implements Answer {
	}

	/**
	 * The link does not work any more.
	 *
	 * @param status upstream's answer
	 */
	record Dead(int status) implements Answer {
	}

	/**
	 * A body that is broken off after a while; the JDK client's own time-out ends when
	 * the body begins.
	 */
	private static final class TimedBody extends FilterInputStream {

		private final CompletableFuture<@Nullable Void> done = new CompletableFuture<>();

		TimedBody(InputStream body, Duration timeout) {
			super(body);
			this.done.orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS).exceptionally((_) -> {
				breakOff();
				return null;
			});
		}

		private void breakOff() {
			try {
				this.in.close();
			}
			catch (IOException _) {
				// Whoever reads is told as well.
			}
		}

		@Override
		public void close() throws IOException {
			this.done.complete(null);
			super.close();
		}

	}

}
