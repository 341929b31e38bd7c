package io.wangateway.generation;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonValue;
import io.wangateway.catalogue.Mode;
import io.wangateway.catalogue.Resolution;
import io.wangateway.pricing.Money;
import org.jspecify.annotations.Nullable;

/**
 * A generation as its team sees it. What does not apply yet is absent.
 *
 * @param id opaque
 * @param model the public name of the model
 * @param status one of four
 * @param progress 0 to 100, never falling
 * @param createdAt when it was accepted
 * @param metadata always empty for the flash models
 * @param clientBusinessId the team's own id of it
 * @param startedAt when upstream was seen to make it
 * @param completedAt when the video was known to be there
 * @param failedAt when it was known that there will be none
 * @param expiresAt when the link in the result stops working; a fresh one is one GET away
 * @param result the video
 * @param error why there is none
 * @param cancelRequested whether cancelling waits for the outcome of the submission
 * @param queue where it stands while it waits with us
 * @param usage what it costs
 * @param request what was asked for, with every default
 * @param labels the team's own words for reports
 * @param traceId the team's own trace
 * @param livemode whether it cost real money
 */
@JsonPropertyOrder({ "id", "object", "model", "status", "progress", "created_at", "metadata" })
public record GenerationView(GenerationId id, String model, PublicStatus status, int progress, Instant createdAt,
		Map<String, String> metadata, @Nullable String clientBusinessId, @Nullable Instant startedAt,
		@Nullable Instant completedAt, @Nullable Instant failedAt, @Nullable Instant expiresAt, @Nullable Result result,
		@Nullable Failure error, @Nullable Boolean cancelRequested, @Nullable Queue queue, Usage usage,
		@Nullable Map<String, Object> request, @Nullable Map<String, String> labels, @Nullable String traceId,
		boolean livemode) {

	/** The kind of JSON object this is. */
	public String getObject() {
		return "generation.task";
	}

	/**
	 * What was made.
	 *
	 * @param type always {@code video}
	 * @param data one video
	 */
	public record Result(String type, List<Video> data) {
	}

	/**
	 * A video.
	 *
	 * @param url a signed link that works without a key
	 * @param format always {@code mp4}
	 * @param duration in seconds
	 * @param sizeBytes in bytes, known once the video was copied
	 * @param sha256 in hexadecimal digits, known once the video was copied
	 */
	public record Video(String url, String format, int duration, @Nullable Long sizeBytes, @Nullable String sha256) {
	}

	/**
	 * Why there is no video.
	 *
	 * @param code one of ours, see {@link FailureCode}
	 * @param message a sentence
	 * @param upstreamCode upstream's own code
	 * @param upstreamRequestId upstream's id, for its support
	 */
	public record Failure(String code, String message, @Nullable String upstreamCode,
			@Nullable String upstreamRequestId) {
	}

	/**
	 * Where it stands while it waits with us.
	 *
	 * @param position 1 for the team's next
	 * @param etaSeconds in how many seconds it can be expected to get a slot; absent
	 * where nothing moves
	 * @param reason why nothing moves
	 */
	public record Queue(long position, @Nullable Long etaSeconds, @Nullable String reason) {
	}

	/**
	 * What it costs, and why.
	 *
	 * @param mode what the routing rule chose
	 * @param resolution the tier
	 * @param audio whether there is sound
	 * @param duration the seconds asked for
	 * @param billedSeconds the seconds charged for
	 * @param unitPrice ¥ per second
	 * @param estimatedCost unit price × seconds asked for
	 * @param maximumCost what is held: the most that it can cost
	 * @param cost what was charged
	 * @param currency always CNY
	 * @param state whether the money is held, charged or released
	 * @param explanation one line that a person understands
	 */
	public record Usage(Mode mode, Resolution resolution, boolean audio, int duration,
			@Nullable BigDecimal billedSeconds, Money unitPrice, Money estimatedCost, Money maximumCost,
			@Nullable Money cost, String currency, MoneyState state, String explanation) {
	}

	/** Where the money is. */
	public enum MoneyState {

		/** Set aside until the task ends. */
		HELD,

		/** Spent, and the rest given back. */
		CHARGED,

		/** Given back. */
		RELEASED;

		/** The state as callers see it, such as {@code held}. */
		@JsonValue
		public String code() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
