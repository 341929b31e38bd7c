package io.wangateway.ledger;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;

import io.wangateway.pricing.Money;
import io.wangateway.team.TeamId;
import io.wangateway.web.ApiException;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What teams may spend in a month, and how much of it is gone. Nothing is accepted past a
 * limit by {@code accept_generations}, which looks under the lock of the team's account;
 * limits change under the same lock.
 */
@Component
public class Budgets {

	private final JdbcClient jdbc;

	private final Accounts accounts;

	Budgets(JdbcClient jdbc, Accounts accounts) {
		this.jdbc = jdbc;
		this.accounts = accounts;
	}

	/**
	 * Return how a team stands in the present month.
	 * @param team the team
	 * @param livemode whether to look at what costs money or at the sandbox
	 * @return its budget, without a limit if it has none
	 * @throws ApiException if there is no such team
	 */
	public Budget of(TeamId team, boolean livemode) {
		return this.jdbc.sql("""
				select b.monthly_limit, b.soft_thresholds, coalesce(m.spent, 0) as spent,
				       coalesce(a.held, 0) as held, books_next_month() as resets_at,
				       array(select e.threshold
				               from budget_event e
				              where e.team_id = b.team_id
				                and e.month = books_month(books_now())
				                and e.monthly_limit = b.monthly_limit
				              order by e.threshold) as reached
				  from known_team t
				  left join budget b on b.team_id = t.id and :livemode
				  left join account a on a.team_id = t.id and a.livemode = :livemode
				  left join account_month m on m.team_id = t.id and m.livemode = :livemode
				       and m.month = books_month(books_now())
				 where t.id = :team""")
			.param("team", team.value())
			.param("livemode", livemode)
			.query((row, _) -> budget(row, livemode))
			.optional()
			.orElseThrow(() -> Accounts.unknown(team));
	}

	/**
	 * Give a team a limit, from now on and for each month to come.
	 * @param team the team
	 * @param limit the limit, which may be less than what is spent already
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	void set(TeamId team, BudgetLimit limit) {
		this.jdbc.sql("""
				insert into budget (team_id, monthly_limit, soft_thresholds, updated_at)
				values (:team, :limit, :thresholds, books_now())
				on conflict (team_id) do update
				   set monthly_limit = excluded.monthly_limit, soft_thresholds = excluded.soft_thresholds,
				       updated_at = excluded.updated_at""")
			.param("team", team.value())
			.param("limit", limit.limit().amount())
			.param("thresholds", limit.softThresholds().toArray(Integer[]::new))
			.update();
		this.accounts.noteThresholds(team);
	}

	/** Let a team spend without a limit. */
	@Transactional(propagation = Propagation.MANDATORY)
	void remove(TeamId team) {
		this.jdbc.sql("delete from budget where team_id = :team").param("team", team.value()).update();
	}

	private static Budget budget(ResultSet row, boolean livemode) throws SQLException {
		BigDecimal limit = row.getBigDecimal("monthly_limit");
		Money spent = new Money(row.getBigDecimal("spent"));
		Money held = new Money(row.getBigDecimal("held"));
		return new Budget(livemode, (limit != null) ? new Money(limit) : null, Money.CURRENCY,
				numbers(row.getArray("soft_thresholds")), (limit != null) ? numbers(row.getArray("reached")) : null,
				spent, held, (limit != null) ? remaining(new Money(limit), spent.plus(held)) : null,
				row.getObject("resets_at", OffsetDateTime.class).toInstant());
	}

	private static Money remaining(Money limit, Money used) {
		Money remaining = limit.minus(used);
		return remaining.isPositive() ? remaining : Money.ZERO;
	}

	private static @Nullable List<Integer> numbers(@Nullable Array array) throws SQLException {
		return (array != null) ? List.of((Integer[]) array.getArray()) : null;
	}

}
