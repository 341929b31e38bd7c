package io.wangateway.store;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Lets files arrive that are being sent when the gateway is stopped. To Spring Boot a
 * request is over once it was left to Tomcat to send its file, so that Tomcat would be
 * stopped in the middle of it. This waits beside Spring Boot, for as long as requests
 * under way have ({@code spring.lifecycle.timeout-per-shutdown-phase}).
 */
@Component
class FilesUnderWay implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, SmartLifecycle {

	private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

	private volatile @Nullable FileSendingProtocol protocol;

	private volatile boolean running;

	@Override
	public void customize(TomcatServletWebServerFactory factory) {
		factory.setProtocol(FileSendingProtocol.class.getName());
		factory.addProtocolHandlerCustomizers((FileSendingProtocol made) -> this.protocol = made);
	}

	boolean isSending() {
		FileSendingProtocol present = this.protocol;
		return present != null && present.isSending();
	}

	@Override
	public int getPhase() {
		return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE;
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop(Runnable done) {
		Thread.ofVirtual().name("files-under-way").start(() -> {
			stop();
			done.run();
		});
	}

	@Override
	public void stop() {
		try {
			while (isSending()) {
				Thread.sleep(BETWEEN_LOOKS);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
