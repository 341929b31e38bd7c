package io.wangateway.sandbox;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.function.ServerResponse;

/** Makes answers go wrong. */
class Mishaps {

	/** Longer than any client waits. */
	private static final Duration FOR_EVER = Duration.ofMinutes(10);

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static final int MEBIBYTE = 1 << 20;

	private static final String PROXY_PAGE = "<html><head><title>503 Service Temporarily Unavailable</title></head></html>\r\n";

	private final CountDownLatch closing = new CountDownLatch(1);

	/** Let go whoever is kept waiting. */
	void close() {
		this.closing.countDown();
	}

	/**
	 * Answer a request as a mishap has it.
	 * @param mishap what goes wrong
	 * @param directive what says so, for its value
	 * @param call carries out the request
	 * @return what is left of the answer
	 * @throws Refusal if that is the mishap, or if the call refuses
	 */
	ServerResponse answer(Mishap mishap, Directive directive, Call call) {
		return switch (mishap) {
			case THROTTLED -> throw DocumentedErrors.refusal("Throttling.RateQuota");
			case UNAVAILABLE -> throw DocumentedErrors.refusal("ModelUnavailable");
			case REFUSED -> throw DocumentedErrors.refusal(directive.valueOr("InvalidParameter"));
			case ERROR_BEFORE -> throw DocumentedErrors.refusal("InternalError");
			case ERROR_AFTER -> {
				call.carryOut();
				throw DocumentedErrors.refusal("InternalError");
			}
			case HTML_BEFORE -> proxyPage();
			case HTML_AFTER -> {
				call.carryOut();
				yield proxyPage();
			}
			case RESET -> nothing();
			case LOST_ANSWER -> {
				call.carryOut();
				yield nothing();
			}
			case HANG_BEFORE -> {
				pause(FOR_EVER);
				yield nothing();
			}
			case HANG -> {
				call.carryOut();
				pause(FOR_EVER);
				yield nothing();
			}
			case SLOW -> {
				Answer answer = call.carryOut();
				pause(directive.secondsOr(3));
				yield answer.toResponse();
			}
			case DRIP -> dripping(call.carryOut());
			case BAD_JSON -> {
				call.carryOut();
				yield Answer.text(200, MediaType.APPLICATION_JSON, "{\"output\":{\"task_id\":").toResponse();
			}
			case TRUNCATED -> truncated(call.carryOut());
			case EMPTY -> {
				call.carryOut();
				yield Answer.ok(Answer.newBody()).toResponse();
			}
			case HUGE -> huge(call.carryOut(), directive.numberOr(1024).longValue() * MEBIBYTE);
		};
	}

	private static ServerResponse proxyPage() {
		return Answer.text(503, MediaType.TEXT_HTML, PROXY_PAGE).toResponse();
	}

	private static ServerResponse nothing() {
		return ServerResponse.ok().build((request, response) -> cut(request));
	}

	private static ServerResponse truncated(Answer answer) {
		byte[] half = Arrays.copyOf(answer.body(), answer.body().length / 2);
		return answer.head().contentLength(answer.body().length).build((request, response) -> {
			response.getOutputStream().write(half);
			response.flushBuffer();
			return cut(request);
		});
	}

	private ServerResponse dripping(Answer answer) {
		return answer.head().contentLength(answer.body().length).build((request, response) -> {
			for (byte each : answer.body()) {
				response.getOutputStream().write(each);
				response.flushBuffer();
				pause(SECOND);
			}
			return null;
		});
	}

	/**
	 * Spaces before a JSON text mean nothing, so a client that reads them all gets a good
	 * answer.
	 */
	private static ServerResponse huge(Answer answer, long size) {
		byte[] spaces = new byte[MEBIBYTE];
		Arrays.fill(spaces, (byte) ' ');
		return answer.head().build((request, response) -> {
			ServletOutputStream body = response.getOutputStream();
			for (long written = 0; written < size; written += MEBIBYTE) {
				body.write(spaces);
			}
			body.write(answer.body());
			return null;
		});
	}

	private static @Nullable ModelAndView cut(HttpServletRequest request) {
		request.setAttribute(CutConnections.CUT, true);
		return null;
	}

	private void pause(Duration duration) {
		try {
			this.closing.await(duration.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
