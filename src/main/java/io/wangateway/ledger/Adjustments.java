package io.wangateway.ledger;

import java.math.BigDecimal;
import java.sql.Types;
import java.time.Duration;
import java.time.YearMonth;
import java.util.Optional;
import java.util.regex.Pattern;

import io.wangateway.pricing.Money;
import io.wangateway.team.Caller.Operator;
import io.wangateway.web.ApiException;
import io.wangateway.web.ErrorCode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Corrections, each one more entry in the present month, whatever month it is about. A
 * request that is repeated under its key posts nothing more.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class Adjustments {

	private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

	private final JdbcClient jdbc;

	private final JsonMapper json;

	private final Ledger ledger;

	private final Accounts accounts;

	Adjustments(JdbcClient jdbc, JsonMapper json, Ledger ledger, Accounts accounts) {
		this.jdbc = jdbc;
		this.json = json;
		this.ledger = ledger;
		this.accounts = accounts;
	}

	/**
	 * Post an adjustment, under the lock of its generation if it has one.
	 * @param operator who decided it
	 * @param key the operator's own key for this request
	 * @param adjustment what was decided
	 * @return the entry, and whether it was there before
	 * @throws ApiException if the key stands for something else, or if it is in use now
	 */
	public Posted post(Operator operator, String key, Adjustment adjustment) {
		String request = this.json.writeValueAsString(adjustment);
		lock(operator, key);
		Optional<Entry> known = find(operator, key, request);
		if (known.isPresent()) {
			return new Posted(known.get(), true);
		}
		checkMonth(adjustment, this.ledger.openPeriod());
		this.accounts.lock(adjustment.team(), adjustment.livemode());
		checkCredit(adjustment);
		Entry entry = insert(operator, adjustment);
		remember(operator, key, request, entry);
		this.accounts.spend(adjustment.team(), adjustment.livemode(), adjustment.amount());
		if (adjustment.livemode()) {
			this.accounts.noteThresholds(adjustment.team());
		}
		return new Posted(entry, false);
	}

	private void lock(Operator operator, String key) {
		if (!KEY.matcher(key).matches()) {
			throw ApiException.invalid("Idempotency-Key",
					"Idempotency-Key must be 1 to 255 visible ASCII characters (was %d characters long)"
						.formatted(key.length()));
		}
		boolean locked = this.jdbc.sql("select pg_try_advisory_xact_lock(hashtextextended(:name, 1))")
			.param("name", "adjustment %d %s".formatted(operator.id(), key))
			.query(Boolean.class)
			.single();
		if (!locked) {
			throw new ApiException(ErrorCode.IDEMPOTENCY_IN_PROGRESS,
					"A request with this Idempotency-Key is under way")
				.retryAfter(Duration.ofSeconds(1));
		}
	}

	private Optional<Entry> find(Operator operator, String key, String request) {
		return this.jdbc.sql("""
				select e.*, r.request = :request::jsonb as same
				  from adjustment_request r
				  join ledger_entry e on e.id = r.entry_id
				 where r.operator_id = :operator and r.idempotency_key = :key""")
			.param("request", request)
			.param("operator", operator.id())
			.param("key", key)
			.query((row, _) -> {
				if (!row.getBoolean("same")) {
					throw new ApiException(ErrorCode.IDEMPOTENCY_KEY_REUSED,
							"This Idempotency-Key stands for another adjustment; take a new one");
				}
				return Entry.of(row);
			})
			.optional();
	}

	private static void checkMonth(Adjustment adjustment, YearMonth present) {
		YearMonth corrects = adjustment.corrects();
		if (corrects != null && corrects.isAfter(present)) {
			throw ApiException.invalid("month",
					"month must be a month that has begun, %s at the latest (was %s)".formatted(present, corrects));
		}
	}

	/** A task can't come to cost less than nothing. */
	private void checkCredit(Adjustment adjustment) {
		if (adjustment.generation() == null) {
			return;
		}
		Money cost = new Money(this.jdbc.sql("""
				select coalesce(sum(amount), 0) from ledger_entry
				 where generation_id = :generation and kind in ('charge', 'adjustment')""")
			.param("generation", adjustment.generation())
			.query(BigDecimal.class)
			.single());
		if (cost.plus(adjustment.amount()).compareTo(Money.ZERO) < 0) {
			throw ApiException.invalid("amount", "The task cost ¥%s, so no more than that can be taken back (was %s)"
				.formatted(cost, adjustment.amount()));
		}
	}

	private Entry insert(Operator operator, Adjustment adjustment) {
		YearMonth corrects = adjustment.corrects();
		return this.jdbc.sql("""
				insert into ledger_entry (generation_id, team_id, livemode, kind, number, amount, month, posted_at,
				        reason, actor, corrects)
				select :generation, :team, :livemode, 'adjustment',
				       coalesce((select max(number) from ledger_entry
				                  where generation_id = :generation and kind = 'adjustment'), 0) + 1,
				       :amount, books_month(books_now()), books_now(), :reason, :actor,
				       coalesce(:corrects, (select min(month) from ledger_entry
				                             where generation_id = :generation and kind in ('charge', 'release')),
				                books_month(books_now()))
				returning *""")
			.param("generation", adjustment.generation(), Types.OTHER)
			.param("team", adjustment.team().value())
			.param("livemode", adjustment.livemode())
			.param("amount", adjustment.amount().amount())
			.param("reason", adjustment.reason())
			.param("actor", operator.name())
			.param("corrects", (corrects != null) ? corrects.atDay(1) : null, Types.DATE)
			.query((row, _) -> Entry.of(row))
			.single();
	}

	private void remember(Operator operator, String key, String request, Entry entry) {
		this.jdbc.sql("""
				insert into adjustment_request (operator_id, idempotency_key, request, entry_id, created_at)
				values (:operator, :key, :request::jsonb, :entry, books_now())""")
			.param("operator", operator.id())
			.param("key", key)
			.param("request", request)
			.param("entry", entry.id())
			.update();
	}

	/**
	 * What came of a request.
	 *
	 * @param entry the entry
	 * @param replayed whether an earlier request with the same key had posted it
	 */
	public record Posted(Entry entry, boolean replayed) {
	}

}
