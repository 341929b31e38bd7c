package io.wangateway.operations;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.wangateway.pricing.Money;
import org.jspecify.annotations.Nullable;

/**
 * A generation with all that is known about it.
 *
 * @param task what the list shows
 * @param dueAt when upstream is asked next
 * @param polls how often it was asked
 * @param billedSeconds the seconds charged for
 * @param explanation what it costs and why, in one line
 * @param request what was asked for, with every default; absent once erased
 * @param timeline every step of its life
 * @param attempts every try to hand it to upstream
 * @param ledger what stands in the books about it
 * @param candidates while it is in doubt: the upstream tasks that it may be
 */
@JsonPropertyOrder({ "task" })
record TaskDetail(@JsonUnwrapped TaskSummary task, @Nullable Instant dueAt, int polls,
		@Nullable BigDecimal billedSeconds, @Nullable String explanation, @JsonRawValue @Nullable String request,
		List<Step> timeline, List<Attempt> attempts, List<Entry> ledger, @Nullable List<UnclaimedTask> candidates) {

	/**
	 * A step of its life.
	 *
	 * @param from the state it left
	 * @param to the state it came into
	 * @param at when, by the database's clock
	 * @param cause why
	 * @param httpStatus the status of upstream's answer
	 * @param upstreamCode its code
	 * @param upstreamMessage its words
	 * @param upstreamRequestId its id
	 * @param replica which process took the step
	 */
	record Step(String from, String to, Instant at, String cause, @Nullable Integer httpStatus,
			@Nullable String upstreamCode, @Nullable String upstreamMessage, @Nullable String upstreamRequestId,
			String replica) {
	}

	/**
	 * A try to hand it to upstream.
	 *
	 * @param replica which process sent it
	 * @param claimedAt when that was written down, before it was sent
	 * @param gaveUpAt when an answer was there or was given up
	 * @param outcome what became of it; absent while it is under way
	 * @param httpStatus the status of upstream's answer
	 * @param upstreamCode its code
	 * @param upstreamRequestId its id
	 * @param upstreamTaskId the task that it made
	 * @param late whether the answer came when nobody waited for it any more
	 */
	record Attempt(String replica, Instant claimedAt, @Nullable Instant gaveUpAt, @Nullable String outcome,
			@Nullable Integer httpStatus, @Nullable String upstreamCode, @Nullable String upstreamRequestId,
			@Nullable String upstreamTaskId, boolean late) {
	}

	/**
	 * An entry of the books.
	 *
	 * @param kind hold, charge, release or adjustment
	 * @param amount how much
	 * @param month the month of the books
	 * @param postedAt when
	 * @param reason why, of adjustments and write-offs
	 * @param actor who, of adjustments and write-offs
	 */
	record Entry(String kind, Money amount, String month, Instant postedAt, @Nullable String reason,
			@Nullable String actor) {
	}

}
