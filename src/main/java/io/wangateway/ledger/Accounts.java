package io.wangateway.ledger;

import io.wangateway.pricing.Money;
import io.wangateway.team.TeamId;
import io.wangateway.web.ApiException;
import io.wangateway.web.ErrorCode;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The running sums of the books: what each team has outstanding, and what it spent in the
 * present month. They change only together with the entries that they sum up, in one
 * transaction, and only under the lock of the team's account.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class Accounts {

	private final JdbcClient jdbc;

	Accounts(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Let nobody else move a team's money until this transaction ends.
	 * @param team the team
	 * @param livemode its money or its sandbox
	 * @throws ApiException if there is no such team
	 */
	void lock(TeamId team, boolean livemode) {
		open(team, livemode);
		this.jdbc.sql("select from account where team_id = :team and livemode = :livemode for update")
			.param("team", team.value())
			.param("livemode", livemode)
			.query((row, _) -> row.getRow())
			.single();
	}

	private void open(TeamId team, boolean livemode) {
		try {
			this.jdbc.sql("insert into account (team_id, livemode) values (:team, :livemode) on conflict do nothing")
				.param("team", team.value())
				.param("livemode", livemode)
				.update();
		}
		catch (DataIntegrityViolationException _) {
			throw unknown(team);
		}
	}

	static ApiException unknown(TeamId team) {
		return new ApiException(ErrorCode.NOT_FOUND, "There is no team " + team);
	}

	/** Give back what was set aside for a task. */
	void unhold(TeamId team, boolean livemode, Money amount) {
		this.jdbc.sql("update account set held = held - :amount where team_id = :team and livemode = :livemode")
			.param("amount", amount.amount())
			.param("team", team.value())
			.param("livemode", livemode)
			.update();
	}

	/** Count something as spent in the present month; less than nothing takes it back. */
	void spend(TeamId team, boolean livemode, Money amount) {
		this.jdbc.sql("""
				insert into account_month as m (team_id, livemode, month, spent)
				values (:team, :livemode, books_month(books_now()), :amount)
				on conflict (team_id, livemode, month) do update set spent = m.spent + excluded.spent""")
			.param("team", team.value())
			.param("livemode", livemode)
			.param("amount", amount.amount())
			.update();
	}

	/** Raise the events of soft thresholds that are reached by now. */
	void noteThresholds(TeamId team) {
		this.jdbc.sql("select note_thresholds(:team)")
			.param("team", team.value())
			.query((row, _) -> row.getRow())
			.single();
	}

}
