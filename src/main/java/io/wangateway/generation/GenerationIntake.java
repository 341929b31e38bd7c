package io.wangateway.generation;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Map;

import io.wangateway.ledger.Budgets;
import io.wangateway.pricing.Money;
import io.wangateway.pricing.Prices;
import io.wangateway.pricing.Quote;
import io.wangateway.team.Caller.TeamCaller;
import io.wangateway.web.ApiException;
import io.wangateway.web.ErrorCode;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Takes in valid requests: puts each on record with its hold and its place in the queue,
 * in one transaction, which is the SQL function {@code accept_generations}. Nothing is
 * sent upstream here, so what is accepted can't be lost, and what is refused cost
 * nothing.
 */
@Component
class GenerationIntake {

	private final JdbcClient jdbc;

	private final IntakeTransactions transactions;

	private final JsonMapper json;

	private final JsonMapper canonical;

	private final Prices prices;

	private final LiveAccount liveAccount;

	private final Budgets budgets;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	GenerationIntake(JdbcClient jdbc, IntakeTransactions transactions, JsonMapper json, Prices prices,
			LiveAccount liveAccount, Budgets budgets, Clock clock, ApplicationEventPublisher events) {
		this.jdbc = jdbc;
		this.transactions = transactions;
		this.json = json;
		this.canonical = JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();
		this.prices = prices;
		this.liveAccount = liveAccount;
		this.budgets = budgets;
		this.clock = clock;
		this.events = events;
	}

	/**
	 * Price a request without accepting it.
	 * @param caller the team asking
	 * @param request the request
	 * @return what it would cost, and what the team may still spend
	 */
	Estimate estimate(TeamCaller caller, GenerationRequest request) {
		Quote quote = this.prices.quote(request.spec(), this.clock.instant());
		return Estimate.of(quote, this.budgets.of(caller.team(), caller.livemode()).remaining());
	}

	/**
	 * Take in a request.
	 * @param caller the team asking
	 * @param request what it asks for
	 * @param body the request as it was sent, which an idempotency key stands for
	 * @param idempotencyKey the caller's key, or {@code null}
	 * @return what was decided, and what is left of the caller's allowance
	 */
	Intake accept(TeamCaller caller, GenerationRequest request, ObjectNode body, @Nullable String idempotencyKey) {
		Instant now = this.clock.instant();
		Quote quote = this.prices.quote(request.spec(), now);
		Intake intake = this.transactions
			.decide(arguments(caller, request, quote, now, body, idempotencyKey).toString());
		if (intake.outcome() == Intake.Outcome.ACCEPTED) {
			this.events.publishEvent(new GenerationAccepted(lane(caller, request)));
		}
		if (intake.outcome() == Intake.Outcome.BUDGET_EXCEEDED) {
			throw budgetExceeded(intake, quote);
		}
		return intake;
	}

	private ApiException budgetExceeded(Intake intake, Quote quote) {
		return new ApiException(ErrorCode.BUDGET_EXCEEDED,
				"The task may cost ¥%s, but of the month's ¥%s there are ¥%s spent and ¥%s held"
					.formatted(quote.maximum(), intake.limit(), intake.spent(), intake.held()))
			.with("budget", new ExceededBudget(intake.limit(), intake.spent(), intake.held(), quote.maximum(),
					Money.CURRENCY, intake.resetsAt()));
	}

	/**
	 * Take a token of a caller's allowance for a request that came to nothing.
	 * @param caller the team asking
	 * @return what is left of the allowance
	 */
	Intake.Bucket take(TeamCaller caller) {
		String bucket = this.jdbc.sql("select take_submission_token(:key, :now)::text")
			.param("key", caller.key().value())
			.param("now", this.clock.instant().atOffset(ZoneOffset.UTC))
			.query(String.class)
			.single();
		return this.json.readValue(bucket, Intake.Bucket.class);
	}

	private ObjectNode arguments(TeamCaller caller, GenerationRequest request, Quote quote, Instant now,
			ObjectNode body, @Nullable String idempotencyKey) {
		ObjectNode arguments = this.json.createObjectNode();
		arguments.put("id", GenerationId.next(now.toEpochMilli()).value().toString());
		arguments.put("team_id", caller.team().value());
		arguments.put("key_id", caller.key().value());
		arguments.put("livemode", caller.livemode());
		arguments.put("configured", !caller.livemode() || this.liveAccount.configured());
		arguments.put("model", request.spec().model());
		arguments.put("mode", request.spec().mode().code());
		arguments.put("lane", lane(caller, request));
		arguments.put("resolution", request.spec().resolution().code());
		arguments.put("seconds", request.spec().seconds());
		arguments.put("audio", request.spec().audio());
		arguments.put("price_id", quote.priceId());
		arguments.put("unit_price", quote.unitPrice().toPlainString());
		arguments.put("estimated_cost", quote.estimate().toString());
		arguments.put("maximum_cost", quote.maximum().toString());
		arguments.put("created_at", now.toString());
		arguments.set("request", this.json.valueToTree(request));
		if (!request.labels().isEmpty()) {
			arguments.set("labels", this.json.valueToTree(request.labels()));
		}
		if (request.traceId() != null) {
			arguments.put("trace_id", request.traceId());
		}
		if (request.clientBusinessId() != null) {
			arguments.put("client_business_id", request.clientBusinessId());
		}
		if (idempotencyKey != null) {
			arguments.put("idempotency_key", idempotencyKey);
			arguments.put("request_hash", hash(body));
		}
		return arguments;
	}

	private static String lane(TeamCaller caller, GenerationRequest request) {
		return LaneName.of(request.spec().upstreamModel(), caller.livemode());
	}

	/**
	 * The same for bodies that differ only in white space and the order of their keys.
	 */
	private String hash(ObjectNode body) {
		try {
			byte[] text = this.canonical.writeValueAsBytes(this.canonical.treeToValue(body, Map.class));
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * The figures of a refusal.
	 *
	 * @param limit of the month
	 * @param spent in the month
	 * @param held by open tasks
	 * @param needed by the request
	 * @param currency always CNY
	 * @param resetsAt when the next month begins
	 */
	private record ExceededBudget(@Nullable Money limit, @Nullable Money spent, @Nullable Money held, Money needed,
			String currency, @Nullable Instant resetsAt) {
	}

}
