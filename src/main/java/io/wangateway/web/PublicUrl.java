package io.wangateway.web;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Where callers reach this gateway: {@code GATEWAY_PUBLIC_URL}, or else this machine at
 * the port that the server listens on, over TLS if the server itself speaks it.
 */
@Component
public class PublicUrl {

	private final String configured;

	private final String scheme;

	private volatile int port;

	PublicUrl(@Value("${gateway.public-url:}") String configured, @Value("${server.port:8080}") int port,
			ServerProperties server) {
		this.configured = configured.endsWith("/") ? configured.substring(0, configured.length() - 1) : configured;
		this.scheme = Ssl.isEnabled(server.getSsl()) ? "https" : "http";
		this.port = port;
	}

	@EventListener
	void started(WebServerInitializedEvent started) {
		if (!"management".equals(started.getApplicationContext().getServerNamespace())) {
			this.port = started.getWebServer().getPort();
		}
	}

	/** Return the URL without a slash at its end. */
	@Override
	public String toString() {
		return this.configured.isEmpty() ? "%s://localhost:%d".formatted(this.scheme, this.port) : this.configured;
	}

}
