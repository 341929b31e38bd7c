package io.wangateway.dashscope;

import org.junit.jupiter.api.Test;

import org.springframework.http.HttpMethod;
import org.springframework.mock.http.client.reactive.MockClientHttpRequest;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ExchangeStrategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests that a body is sent once at most, and never after it was held back.
 */
class OnceBodyTests {

	private final OnceBody body = new OnceBody(new byte[] { 1 });

	@Test
	void secondAttemptGetsNoBody() {
		send();
		assertThatIllegalStateException().isThrownBy(this::send);
	}

	@Test
	void bodyThatWasHeldBackIsNeverSent() {
		assertThat(this.body.holdBack()).isTrue();
		assertThatIllegalStateException().isThrownBy(this::send);
	}

	@Test
	void bodyThatWasSentCanNotBeHeldBack() {
		send();
		assertThat(this.body.holdBack()).isFalse();
	}

	private void send() {
		MockClientHttpRequest request = new MockClientHttpRequest(HttpMethod.POST, "/");
		ClientRequest.create(HttpMethod.POST, request.getURI())
			.body(this.body.inserter())
			.build()
			.writeTo(request, ExchangeStrategies.withDefaults())
			.block();
	}

}
