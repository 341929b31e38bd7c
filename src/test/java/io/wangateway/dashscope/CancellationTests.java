package io.wangateway.dashscope;

import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what each answer to a wish to cancel says.
 */
class CancellationTests {

	@AutoClose
	private final Upstream upstream = new Upstream();

	CancellationTests() throws Exception {
	}

	@Test
	void pendingTaskIsTakenOutOfTheQueue() throws Exception {
		this.upstream.answer(200, "{\"request_id\":\"r-4\"}");
		assertThat(cancel()).isEqualTo(new Cancellation.Passed("r-4"));
		RecordedRequest request = this.upstream.request();
		assertThat(request.getMethod()).isEqualTo("POST");
		assertThat(request.getTarget()).isEqualTo("/api/v1/tasks/t-1/cancel");
		assertThat(Upstream.body(request)).isEmpty();
		assertThat(request.getHeaders().names()).doesNotContain("Content-Type", "X-DashScope-Async");
	}

	@Test
	void taskThatIsNoLongerPendingGoesOn() {
		String message = "Failed to cancel the task, please confirm if the task is in PENDING status.";
		this.upstream.answer(400, """
				{"code":"UnsupportedOperation","message":"%s","request_id":"r-4"}""".formatted(message));
		assertThat(cancel())
			.isEqualTo(new Cancellation.NotPending(new UpstreamError(400, "UnsupportedOperation", message, "r-4")));
	}

	@ParameterizedTest(name = "{0} {1}")
	@CsvSource({ "429, Throttling.RateQuota, THROTTLED", "401, InvalidApiKey, ACCOUNT_FAULT", "404, NotFound, FAILED",
			"500, InternalError, FAILED" })
	void refusedWishProvesNothingAboutTheTask(int status, String code, NoAnswer.Reason reason) {
		this.upstream.answer(status, """
				{"code":"%s","message":"because","request_id":"r-4"}""".formatted(code));
		assertThat(cancel()).isEqualTo(new NoAnswer(reason, new UpstreamError(status, code, "because", "r-4")));
	}

	@Test
	void successOfAStrangerProvesNothingAboutTheTask() {
		this.upstream.answer(200, "<html>Welcome</html>");
		assertThat(cancel()).isInstanceOf(NoAnswer.class);
	}

	@Test
	void brokenWishProvesNothingAboutTheTask() {
		this.upstream.answer(new MockResponse.Builder().onRequestBody(new SocketEffect.CloseSocket()).build());
		assertThat(cancel()).isInstanceOf(NoAnswer.class);
	}

	private Cancellation cancel() {
		return this.upstream.client.cancel("t-1");
	}

}
