package io.wangateway.generation;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Map;

import io.wangateway.catalogue.GenerationSpec;
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
		Intake intake = this.transactions.decide(asked(caller, request, quote, now, body, idempotencyKey));
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

	private AskedGeneration asked(TeamCaller caller, GenerationRequest request, Quote quote, Instant now,
			ObjectNode body, @Nullable String idempotencyKey) {
		GenerationSpec spec = request.spec();
		return new AskedGeneration(GenerationId.next(now.toEpochMilli()).value(), caller.team().value(),
				caller.key().value(), caller.livemode(), !caller.livemode() || this.liveAccount.configured(),
				spec.model(), spec.mode().code(), lane(caller, request), spec.resolution().code(), spec.seconds(),
				spec.audio(), quote.priceId(), quote.unitPrice().toPlainString(), quote.estimate().toString(),
				quote.maximum().toString(), now.toString(), request.clientBusinessId(), idempotencyKey,
				(idempotencyKey != null) ? hash(body) : null, request.traceId(), request,
				request.labels().isEmpty() ? null : request.labels());
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
