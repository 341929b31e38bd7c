package io.wangateway.ledger;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.UUID;

import io.wangateway.pricing.Money;
import io.wangateway.team.TeamId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The append-only books. Every method posts in its caller's transaction, and changes
 * nothing when it is repeated. Holds are posted by {@code accept_generations}. What locks
 * several things locks them in this order: the generation, the month, the team's account,
 * its queue.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class Ledger {

	private static final String UPSTREAM_EXCESS = "upstream_excess";

	private final JdbcClient jdbc;

	private final Accounts accounts;

	Ledger(JdbcClient jdbc, Accounts accounts) {
		this.jdbc = jdbc;
		this.accounts = accounts;
	}

	/**
	 * Return the time that the books go by.
	 * @return the database's time, the same throughout a transaction
	 */
	public Instant now() {
		return this.jdbc.sql("select books_now()").query(OffsetDateTime.class).single().toInstant();
	}

	/**
	 * Turn a hold into a charge and a release, in the month of the books that it is now.
	 * @param settlement what ended
	 * @throws IllegalStateException if that month is closed
	 */
	public void settle(Settlement settlement) {
		settle(settlement, null, null);
	}

	/**
	 * Settle a generation of which nobody knows whether upstream billed it.
	 * @param settlement what was lost, with the charge that was decided
	 * @param actor who decided it
	 * @param reason why
	 * @throws IllegalStateException if the present month is closed
	 */
	public void writeOff(Settlement settlement, String actor, String reason) {
		settle(settlement, actor, reason);
	}

	private void settle(Settlement settlement, @Nullable String actor, @Nullable String reason) {
		openPeriod();
		this.accounts.lock(settlement.team(), settlement.livemode());
		if (isSettled(settlement.generation())) {
			return;
		}
		post(settlement, "charge", settlement.charge(), actor, reason);
		post(settlement, "release", settlement.held().minus(settlement.charge()), actor, reason);
		post(settlement, "adjustment", settlement.excess(), null, UPSTREAM_EXCESS);
		this.accounts.unhold(settlement.team(), settlement.livemode(), settlement.held());
		this.accounts.spend(settlement.team(), settlement.livemode(), settlement.charge().plus(settlement.excess()));
		if (settlement.excess().isPositive()) {
			this.accounts.noteThresholds(settlement.team());
		}
	}

	/**
	 * Hold the present month open until this transaction ends.
	 * @return the present month of the books
	 * @throws IllegalStateException if it is closed
	 */
	YearMonth openPeriod() {
		this.jdbc.sql("insert into period (month) values (books_month(books_now())) on conflict do nothing").update();
		return this.jdbc.sql("select * from period where month = books_month(books_now()) for share")
			.query((row, _) -> {
				if (row.getObject("closed_at") != null) {
					throw new IllegalStateException("The present month of the books is closed");
				}
				return YearMonth.from(row.getDate("month").toLocalDate());
			})
			.single();
	}

	private boolean isSettled(UUID generation) {
		return this.jdbc.sql("""
				select exists (select from ledger_entry
				                where generation_id = :generation and kind in ('charge', 'release'))""")
			.param("generation", generation)
			.query(Boolean.class)
			.single();
	}

	private void post(Settlement settlement, String kind, Money amount, @Nullable String actor,
			@Nullable String reason) {
		if (!amount.isPositive()) {
			return;
		}
		this.jdbc.sql("""
				insert into ledger_entry
				       (generation_id, team_id, livemode, kind, amount, month, posted_at, reason, actor)
				values (:generation, :team, :livemode, :kind, :amount, books_month(books_now()), books_now(), :reason,
				        :actor)""")
			.param("generation", settlement.generation())
			.param("team", settlement.team().value())
			.param("livemode", settlement.livemode())
			.param("kind", kind)
			.param("amount", amount.amount())
			.param("reason", reason)
			.param("actor", actor)
			.update();
	}

	/**
	 * A generation that ended.
	 *
	 * @param generation its id
	 * @param team whose it is
	 * @param livemode whether it cost real money
	 * @param held what was held for it
	 * @param charge what it costs, from nothing to what was held
	 * @param excess what upstream billed beyond what was held
	 */
	public record Settlement(UUID generation, TeamId team, boolean livemode, Money held, Money charge, Money excess) {

		public Settlement {
			if (charge.compareTo(Money.ZERO) < 0 || charge.compareTo(held) > 0) {
				throw new IllegalArgumentException(
						"A charge of %s is not between nothing and the hold of %s".formatted(charge, held));
			}
		}

	}

}
