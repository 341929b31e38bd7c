package io.wangateway.ledger;

import java.time.Instant;
import java.time.OffsetDateTime;
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
 * nothing when it is repeated. Holds are posted by {@code accept_generation}.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
public class Ledger {

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
		openPeriod();
		Money release = settlement.held().minus(settlement.charge());
		boolean charged = post(settlement, "charge", settlement.charge(), null);
		boolean released = post(settlement, "release", release, null);
		if (!charged && !released) {
			return;
		}
		Money spent = settlement.charge();
		if (settlement.excess().isPositive()
				&& post(settlement, "adjustment", settlement.excess(), "upstream_excess")) {
			spent = spent.plus(settlement.excess());
		}
		this.accounts.unhold(settlement.team(), settlement.livemode(), settlement.held());
		if (spent.isPositive()) {
			this.accounts.spend(settlement.team(), settlement.livemode(), spent);
		}
	}

	private void openPeriod() {
		this.jdbc.sql("insert into period (month) values (books_month(books_now())) on conflict do nothing").update();
		boolean open = this.jdbc
			.sql("select closed_at is null from period where month = books_month(books_now()) for share")
			.query(Boolean.class)
			.single();
		if (!open) {
			throw new IllegalStateException("The present month of the books is closed");
		}
	}

	private boolean post(Settlement settlement, String kind, Money amount, @Nullable String reason) {
		if (!amount.isPositive()) {
			return false;
		}
		return this.jdbc.sql("""
				insert into ledger_entry (generation_id, team_id, livemode, kind, amount, month, posted_at, reason)
				values (:generation, :team, :livemode, :kind, :amount, books_month(books_now()), books_now(), :reason)
				on conflict (generation_id, kind, number) do nothing""")
			.param("generation", settlement.generation())
			.param("team", settlement.team().value())
			.param("livemode", settlement.livemode())
			.param("kind", kind)
			.param("amount", amount.amount())
			.param("reason", reason)
			.update() == 1;
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
			if (charge.compareTo(held) > 0) {
				throw new IllegalArgumentException(
						"A charge of %s is more than the hold of %s".formatted(charge, held));
			}
		}

	}

}
