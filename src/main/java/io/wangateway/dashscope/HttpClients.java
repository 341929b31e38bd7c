package io.wangateway.dashscope;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The JDK's HTTP clients that calls go through: HTTP/1.1, no redirects, no limit of
 * connections and a virtual thread for every step, so that no call waits for another.
 */
final class HttpClients {

	private final Duration connectTimeout;

	private final Duration callTimeout;

	private final AtomicReference<HttpClient> shared;

	HttpClients(Duration connectTimeout, Duration callTimeout) {
		this.connectTimeout = connectTimeout;
		this.callTimeout = callTimeout;
		this.shared = new AtomicReference<>(forOneCall());
	}

	/**
	 * Return a client for one call, which the caller shuts down. Its connection is a new
	 * one: an idle one may be closed by the other side at the very moment of sending, and
	 * nobody could tell afterwards what became of the request.
	 */
	HttpClient forOneCall() {
		return HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.followRedirects(HttpClient.Redirect.NEVER)
			.connectTimeout(this.connectTimeout)
			.executor(Thread::startVirtualThread)
			.build();
	}

	/** Return the client that keeps connections for calls that may be repeated. */
	HttpClient shared() {
		return this.shared.get();
	}

	/**
	 * Replace the shared client after a call that gave up within the body of its answer:
	 * Spring's connector does not cancel the body, so that the connection would stay open
	 * for as long as the other side likes. The old client is shut down when every other
	 * call that uses it has met its own deadline.
	 * @param used the client of that call
	 */
	void replace(HttpClient used) {
		if (this.shared.compareAndSet(used, forOneCall())) {
			CompletableFuture
				.delayedExecutor(this.callTimeout.plusSeconds(1).toMillis(), TimeUnit.MILLISECONDS,
						Thread::startVirtualThread)
				.execute(used::shutdownNow);
		}
	}

}
