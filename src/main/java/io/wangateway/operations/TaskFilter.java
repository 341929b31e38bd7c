package io.wangateway.operations;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.wangateway.catalogue.Mode;
import io.wangateway.generation.GenerationState;
import io.wangateway.generation.PublicStatus;
import io.wangateway.team.TeamId;
import io.wangateway.web.ApiException;
import org.jspecify.annotations.Nullable;

/**
 * Which generations ops want to see, as the query says it. What is {@code null} does not
 * matter.
 *
 * @param team whose they are
 * @param livemode whether they cost real money
 * @param status what their team sees
 * @param state where they are in their life
 * @param model the public name of the model
 * @param mode what they start from
 * @param lane through which lane they go
 * @param errorCode why there is no video, in our words
 * @param upstreamCode why, in upstream's
 * @param upstreamTaskId upstream's id for it
 * @param upstreamRequestId upstream's id of an answer that moved it, or of its last one
 * @param clientBusinessId the team's own id
 * @param q words that follow one another in the prompt or an error message
 * @param createdAfter accepted then or later
 * @param createdBefore accepted before then
 * @param labels labels that they all have
 */
record TaskFilter(@Nullable TeamId team, @Nullable Boolean livemode, @Nullable PublicStatus status,
		@Nullable GenerationState state, @Nullable String model, @Nullable Mode mode, @Nullable String lane,
		@Nullable String errorCode, @Nullable String upstreamCode, @Nullable String upstreamTaskId,
		@Nullable String upstreamRequestId, @Nullable String clientBusinessId, @Nullable String q,
		@Nullable Instant createdAfter, @Nullable Instant createdBefore, Map<String, String> labels) {

	/** What has no index that reaches further at a bearable price. */
	static final Duration LONGEST_SEARCH = Duration.ofDays(31);

	private static final String LABEL = "label:";

	/** The latest time that callers can mean. */
	private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

	/**
	 * Bound a search for labels or text to what can be searched: without a beginning, the
	 * 31 days before its end.
	 * @param clock the present
	 * @return the filter to search by
	 * @throws ApiException if the times asked for are further apart, or no times
	 */
	TaskFilter bounded(Clock clock) {
		check("created_after", this.createdAfter);
		check("created_before", this.createdBefore);
		if (!isByWords()) {
			return this;
		}
		Instant until = (this.createdBefore != null) ? this.createdBefore : clock.instant().plus(Duration.ofMinutes(1));
		Instant from = (this.createdAfter != null) ? this.createdAfter : until.minus(LONGEST_SEARCH);
		if (Duration.between(from, until).compareTo(LONGEST_SEARCH) > 0) {
			throw ApiException.invalid("created_after",
					"A search for labels or text spans at most 31 days, from created_after to created_before");
		}
		return created(from, until);
	}

	/** Whether labels or text are looked for. */
	boolean isByWords() {
		return this.q != null || !this.labels.isEmpty();
	}

	/** Return the same, of those that were not accepted before a time. */
	TaskFilter notBefore(Instant time) {
		return (this.createdAfter != null && this.createdAfter.isAfter(time)) ? this
				: created(time, this.createdBefore);
	}

	private TaskFilter created(@Nullable Instant after, @Nullable Instant before) {
		return new TaskFilter(this.team, this.livemode, this.status, this.state, this.model, this.mode, this.lane,
				this.errorCode, this.upstreamCode, this.upstreamTaskId, this.upstreamRequestId, this.clientBusinessId,
				this.q, after, before, this.labels);
	}

	/** Return the states that are looked for. */
	Set<GenerationState> states() {
		Set<GenerationState> states = EnumSet.allOf(GenerationState.class);
		states.removeIf((each) -> this.state != null && each != this.state);
		states.removeIf((each) -> this.status != null && each.status() != this.status);
		return states;
	}

	/** Whether only what has not ended is looked for. */
	boolean isUnderWay() {
		return states().stream().noneMatch(GenerationState::isEnded);
	}

	private static void check(String name, @Nullable Instant time) {
		if (time != null && (time.isBefore(Instant.EPOCH) || time.isAfter(LATEST))) {
			throw ApiException.invalid(name,
					"%s must be a time in Unix seconds, up to %d".formatted(name, LATEST.getEpochSecond()));
		}
	}

	/**
	 * Return the labels that a query names.
	 * @param parameters the query
	 * @return the values of {@code label:…}, by name
	 */
	static Map<String, String> labels(Map<String, String> parameters) {
		Map<String, String> labels = new LinkedHashMap<>();
		parameters.forEach((name, value) -> {
			if (name.startsWith(LABEL)) {
				labels.put(name.substring(LABEL.length()), value);
			}
		});
		return labels;
	}

}
