package io.wangateway.following;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import io.wangateway.admission.Lanes;
import io.wangateway.alert.Alerts;
import io.wangateway.generation.Evidence;
import io.wangateway.generation.Generation;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Decides whether a task that upstream does not know is lost, or whether we ask with
 * another account's key or at another host. A task is lost only if upstream goes on
 * answering for others that it took before it forgot this one; tasks made since then
 * prove nothing, since a new account knows them too.
 */
@Component
class Forgetting {

	private static final int ENOUGH = 3;

	private static final Duration LONG_ENOUGH = Duration.ofMinutes(10);

	private final JdbcClient jdbc;

	private final Lanes lanes;

	private final Alerts alerts;

	Forgetting(JdbcClient jdbc, Lanes lanes, Alerts alerts) {
		this.jdbc = jdbc;
		this.lanes = lanes;
		this.alerts = alerts;
	}

	/**
	 * Look at a task that upstream has just said it does not know.
	 * @param generation the task, locked by this transaction
	 * @param now the time
	 */
	void check(Generation generation, Instant now) {
		Instant since = generation.unknownSince();
		if (since == null || generation.unknowns() < ENOUGH) {
			return;
		}
		if (isKnownOfOthers(generation, since)) {
			if (!since.plus(LONG_ENOUGH).isAfter(now)) {
				generation.lose("Upstream does not know the task any more; the hold stays until this is cleared up",
						now, Evidence.of("unknown upstream"));
				this.alerts.raise(LostTasks.ALERT, generation.id().toString(),
						"Upstream has forgotten the task, and still knows others");
			}
		}
		else if (isUnknownOfAll(generation, since)) {
			this.lanes.stop(generation.lane(),
					"Upstream knows none of the tasks that are under way; was the key or the host changed?");
		}
	}

	private boolean isKnownOfOthers(Generation generation, Instant since) {
		return this.jdbc.sql("""
				select exists (select from generation
				                where state in ('SUBMITTED', 'RUNNING') and livemode = :livemode and id <> :id
				                  and submitted_at < :since and answered_at > :since)
				    or exists (select from generation
				                where ended_at > :since and state in ('SUCCEEDED', 'FAILED', 'CANCELLED')
				                  and livemode = :livemode and submitted_at < :since)""")
			.param("livemode", generation.livemode())
			.param("id", generation.id().value())
			.param("since", since.atOffset(ZoneOffset.UTC))
			.query(Boolean.class)
			.single();
	}

	/** Whether this is one of several in its lane that are all unknown. */
	private boolean isUnknownOfAll(Generation generation, Instant since) {
		return this.jdbc.sql("""
				select count(*) > 0 and bool_and(unknowns > 0)
				  from generation
				 where lane = :lane and state in ('SUBMITTED', 'RUNNING') and id <> :id
				   and submitted_at < :since""")
			.param("lane", generation.lane())
			.param("id", generation.id().value())
			.param("since", since.atOffset(ZoneOffset.UTC))
			.query(Boolean.class)
			.single();
	}

}
