package io.wangateway.dashscope;

import java.util.concurrent.atomic.AtomicReference;

import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.web.reactive.function.BodyInserter;

/**
 * The body of a request that must not arrive twice. It is handed out once at most, so
 * that no HTTP client can repeat the request; and it can be held back for good, which
 * proves that the request did not arrive: the JDK client asks for the body only when the
 * connection stands, TLS included, and a request without its body is none.
 */
final class OnceBody {

	private enum State {

		KEPT, HANDED_OUT, HELD_BACK

	}

	private final AtomicReference<State> state = new AtomicReference<>(State.KEPT);

	private final byte[] bytes;

	OnceBody(byte[] bytes) {
		this.bytes = bytes;
	}

	/** Return what hands the body to WebClient when the connection asks for it. */
	BodyInserter<Object, ClientHttpRequest> inserter() {
		return (request, context) -> request.writeWith(Mono.fromSupplier(() -> handOut(request)));
	}

	private DataBuffer handOut(ClientHttpRequest request) {
		if (!this.state.compareAndSet(State.KEPT, State.HANDED_OUT)) {
			throw new IllegalStateException("The body is " + this.state.get() + ", not KEPT");
		}
		return request.bufferFactory().wrap(this.bytes);
	}

	/**
	 * Hold the body back from now on.
	 * @return whether that was in time, so that no byte of it was or will be sent
	 */
	boolean holdBack() {
		return this.state.compareAndSet(State.KEPT, State.HELD_BACK);
	}

	int length() {
		return this.bytes.length;
	}

}
