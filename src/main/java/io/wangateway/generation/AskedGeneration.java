package io.wangateway.generation;

import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A request as the database takes it: the fields of its type {@code asked_generation},
 * written as JSON.
 *
 * @param id the generation that it becomes
 * @param teamId who asks
 * @param keyId with which key
 * @param livemode whether it costs real money
 * @param configured whether there is an account that it could be sent with
 * @param model the public name
 * @param mode the code of what the routing rule chose
 * @param lane where it waits
 * @param resolution the code of the tier
 * @param seconds the seconds asked for
 * @param audio whether there is sound
 * @param priceId the price in force
 * @param unitPrice ¥ per second
 * @param estimatedCost ¥, unit price × seconds asked for
 * @param maximumCost ¥, the most that it can cost
 * @param createdAt now, in ISO 8601
 * @param clientBusinessId the team's own id of it
 * @param idempotencyKey what makes repeating it safe
 * @param requestHash of what the key stands for, in hexadecimal digits
 * @param traceId what is echoed in webhooks
 * @param request what was asked for
 * @param labels the team's own words for reports
 */
record AskedGeneration(UUID id, int teamId, int keyId, boolean livemode, boolean configured, String model, String mode,
		String lane, String resolution, int seconds, boolean audio, int priceId, String unitPrice, String estimatedCost,
		String maximumCost, String createdAt, @Nullable String clientBusinessId, @Nullable String idempotencyKey,
		@Nullable String requestHash, @Nullable String traceId, GenerationRequest request,
		@Nullable Map<String, String> labels) {
}
