package io.wangateway.operations;

import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.wangateway.generation.GenerationId;
import io.wangateway.generation.GenerationState;
import io.wangateway.generation.PublicStatus;
import io.wangateway.pricing.Money;
import io.wangateway.team.KeyId;
import io.wangateway.team.TeamId;
import org.jspecify.annotations.Nullable;

/**
 * A generation as ops see it in a list. What does not apply yet is absent.
 *
 * @param id ours
 * @param team whose it is
 * @param apiKey the key that asked for it
 * @param model the public name of the model
 * @param mode what it starts from
 * @param lane through which lane it goes
 * @param livemode whether it costs real money
 * @param state where it is in its life
 * @param status what its team sees
 * @param resolution the tier
 * @param audio whether with sound
 * @param duration the seconds asked for
 * @param clientBusinessId the team's own id
 * @param labels the team's own words
 * @param createdAt when it was accepted
 * @param submittedAt when upstream took it
 * @param startedAt when it was seen to be made
 * @param endedAt when its end was known
 * @param upstreamTaskId upstream's id for it
 * @param upstreamRequestId upstream's id of the answer that ended it
 * @param provisional whether its upstream task is only thought to be its own
 * @param cancelRequested whether its team wants it cancelled
 * @param errorCode why there is no video, in our words
 * @param errorMessage the same in a sentence
 * @param upstreamCode why, in upstream's words
 * @param upstreamMessage the same in a sentence of upstream's
 * @param maximumCost what was held for it
 * @param cost what was charged
 * @param currency always CNY
 */
@JsonPropertyOrder({ "id", "object", "team" })
record TaskSummary(GenerationId id, TeamName team, KeyName apiKey, String model, String mode, String lane,
		boolean livemode, GenerationState state, PublicStatus status, String resolution, boolean audio, int duration,
		@Nullable String clientBusinessId, @Nullable Map<String, String> labels, Instant createdAt,
		@Nullable Instant submittedAt, @Nullable Instant startedAt, @Nullable Instant endedAt,
		@Nullable String upstreamTaskId, @Nullable String upstreamRequestId, @Nullable Boolean provisional,
		@Nullable Boolean cancelRequested, @Nullable String errorCode, @Nullable String errorMessage,
		@Nullable String upstreamCode, @Nullable String upstreamMessage, Money maximumCost, @Nullable Money cost,
		String currency) {

	/** The kind of JSON object this is. */
	public String getObject() {
		return "admin.task";
	}

	/** A team. */
	record TeamName(TeamId id, String name) {
	}

	/** A key. */
	record KeyName(KeyId id, String name) {
	}

}
