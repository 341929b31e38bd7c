package io.wangateway.admission;

import java.util.List;
import java.util.UUID;

import io.wangateway.generation.Evidence;
import io.wangateway.generation.FailureCode;
import io.wangateway.generation.GenerationState;
import io.wangateway.generation.Generations;
import io.wangateway.ledger.Ledger;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Ends what has waited for a slot for a day: nobody wants that video any more, and its
 * hold keeps its team from others.
 */
@Component
class QueueExpiry {

	private final JdbcClient jdbc;

	private final Generations generations;

	private final Ledger ledger;

	private final TransactionTemplate transactions;

	QueueExpiry(JdbcClient jdbc, Generations generations, Ledger ledger, TransactionTemplate transactions) {
		this.jdbc = jdbc;
		this.generations = generations;
		this.ledger = ledger;
		this.transactions = transactions;
	}

	@Scheduled(fixedRateString = "${gateway.admission.expiry-interval:30s}")
	void expire() {
		// Looks at the oldest of each queue first: there may be a million that are not
		// old.
		List<Old> old = this.jdbc.sql("""
				with overdue as materialized (
				    select q.lane, q.team_id
				      from queue q
				     cross join lateral (
				           select g.created_at
				             from generation g
				            where g.lane = q.lane and g.team_id = q.team_id and g.state = 'QUEUED'
				            order by g.id
				            limit 1) oldest
				     where q.waiting and oldest.created_at < clock_timestamp() - interval '24 hours')
				select g.id, l.stopped_reason is not null as stopped
				  from overdue o
				  join lane l on l.name = o.lane
				  join generation g on g.lane = o.lane and g.team_id = o.team_id
				 where g.state = 'QUEUED' and g.created_at < clock_timestamp() - interval '24 hours'
				 limit 500""")
			.query((row, _) -> new Old(row.getObject("id", UUID.class), row.getBoolean("stopped")))
			.list();
		old.forEach((each) -> this.transactions.executeWithoutResult((_) -> expire(each)));
	}

	private void expire(Old old) {
		this.generations.lock(old.id())
			.filter((generation) -> generation.state() == GenerationState.QUEUED)
			.ifPresent((generation) -> {
				if (old.stopped()) {
					generation.fail(FailureCode.UPSTREAM_ACCOUNT_ERROR,
							"For 24 hours upstream refused the company's account; the task costs nothing",
							this.ledger.now(), Evidence.of("waited 24 hours, lane stopped"));
				}
				else {
					generation.fail(FailureCode.GENERATION_TIMEOUT,
							"No slot came free within 24 hours; the task costs nothing", this.ledger.now(),
							Evidence.of("waited 24 hours"));
				}
				this.generations.save(generation);
			});
	}

	private record Old(UUID id, boolean stopped) {
	}

}
