package io.wangateway.dashscope;

import java.net.http.HttpClient;
import java.time.Duration;

/**
 * Makes an HTTP client for every call, to be shut down with it. Nothing is shared between
 * calls, so that none can delay another; no connection is one that has been idle, which
 * the other side may close at the very moment of sending; and giving up really ends the
 * call: Spring's connector leaves a connection open when only the body is cancelled. At
 * DashScope's limits this is some forty handshakes per second, of which TLS resumes most.
 *
 * @param connectTimeout how long a connection may take to be made
 */
record HttpClients(Duration connectTimeout) {

	/** Return a client for one call; the caller shuts it down. */
	HttpClient create() {
		return HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.followRedirects(HttpClient.Redirect.NEVER)
			.connectTimeout(this.connectTimeout)
			.executor(Thread::startVirtualThread)
			.build();
	}

}
