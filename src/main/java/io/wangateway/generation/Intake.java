package io.wangateway.generation;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonValue;
import io.wangateway.pricing.Money;
import io.wangateway.web.ApiException;
import io.wangateway.web.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * What {@code accept_generations} decided about a request.
 *
 * @param outcome the decision
 * @param bucket what is left of the key's allowance of submissions
 * @param id the generation that was accepted, that is replayed or that is in the way
 * @param model the public name of its model
 * @param createdAt when it was accepted, in Unix seconds
 * @param clientBusinessId the caller's own id of it
 * @param queued how many tasks wait
 * @param maxQueued how many may wait
 * @param limit the budget of the month
 * @param spent what was spent of it
 * @param held what is held of it
 * @param resetsAt when the next month begins
 */
record Intake(Outcome outcome, Bucket bucket, @Nullable UUID id, @Nullable String model, @Nullable BigDecimal createdAt,
		@Nullable String clientBusinessId, @Nullable Long queued, @Nullable Long maxQueued, @Nullable Money limit,
		@Nullable Money spent, @Nullable Money held, @Nullable Instant resetsAt) {

	/** What the caller is told, where there is nothing to show. */
	ApiException refusal() {
		return switch (this.outcome) {
			case RATE_LIMITED -> this.bucket.refusal();
			case TEAM_SUSPENDED -> GenerationController.suspended();
			case IDEMPOTENCY_IN_PROGRESS ->
				new ApiException(ErrorCode.IDEMPOTENCY_IN_PROGRESS, "A request with this Idempotency-Key is under way")
					.retryAfter(Duration.ofSeconds(1));
			case IDEMPOTENCY_KEY_REUSED -> new ApiException(ErrorCode.IDEMPOTENCY_KEY_REUSED,
					"This Idempotency-Key stands for another request; take a new one");
			case UPSTREAM_NOT_CONFIGURED -> new ApiException(ErrorCode.UPSTREAM_NOT_CONFIGURED,
					"This gateway has no key for DashScope yet (DASHSCOPE_API_KEY); sandbox keys work")
				.retryAfter(Duration.ofMinutes(1));
			case CLIENT_BUSINESS_ID_CONFLICT -> new ApiException(ErrorCode.CLIENT_BUSINESS_ID_CONFLICT,
					"client_business_id is that of task " + existing())
				.with("task_id", existing().toString());
			case QUEUE_FULL -> new ApiException(ErrorCode.QUEUE_FULL,
					"%d tasks of this team wait already; %d may".formatted(this.queued, this.maxQueued))
				.retryAfter(Duration.ofSeconds(30));
			case BUDGET_EXCEEDED -> throw new IllegalStateException("Has figures of its own");
			case ACCEPTED, REPLAYED -> throw new IllegalStateException(this.outcome + " is no refusal");
		};
	}

	private GenerationId existing() {
		return new GenerationId(Objects.requireNonNull(this.id));
	}

	/**
	 * What is left of a key's allowance.
	 *
	 * @param granted whether there was anything left
	 * @param limit submissions per minute
	 * @param remaining submissions that may follow at once
	 * @param fullAt when the allowance is whole again, in Unix seconds
	 * @param retryAfter seconds until the next submission is granted
	 */
	record Bucket(boolean granted, int limit, int remaining, double fullAt, double retryAfter) {

		ApiException refusal() {
			return new ApiException(ErrorCode.RATE_LIMIT_EXCEEDED,
					"This key may submit %d requests per minute, in bursts of 500".formatted(this.limit))
				.retryAfter(Duration.ofMillis((long) Math.ceil(this.retryAfter * 1000)));
		}

	}

	/** The decisions. */
	enum Outcome {

		ACCEPTED, REPLAYED, RATE_LIMITED, TEAM_SUSPENDED, IDEMPOTENCY_IN_PROGRESS, IDEMPOTENCY_KEY_REUSED,
		UPSTREAM_NOT_CONFIGURED, CLIENT_BUSINESS_ID_CONFLICT, QUEUE_FULL, BUDGET_EXCEEDED;

		@JsonValue
		String code() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
