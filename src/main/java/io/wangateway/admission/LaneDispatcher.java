package io.wangateway.admission;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import io.wangateway.generation.Generation;
import io.wangateway.generation.Generations;
import io.wangateway.generation.Replica;
import io.wangateway.ledger.Ledger;
import jakarta.persistence.EntityManager;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Gives free slots to waiting generations, in fair order: the team that was served least
 * goes first, and within a team the oldest. Start-time fair queueing: each start moves
 * the team's virtual time on by seconds ÷ weight, and a team that was idle starts at the
 * present.
 */
@Component
class LaneDispatcher {

	private final JdbcClient jdbc;

	private final Lanes lanes;

	private final Attempts attempts;

	private final Generations generations;

	private final EntityManager entityManager;

	private final Ledger ledger;

	private final Replica replica;

	LaneDispatcher(JdbcClient jdbc, Lanes lanes, Attempts attempts, Generations generations,
			EntityManager entityManager, Ledger ledger, Replica replica) {
		this.jdbc = jdbc;
		this.lanes = lanes;
		this.attempts = attempts;
		this.generations = generations;
		this.entityManager = entityManager;
		this.ledger = ledger;
		this.replica = replica;
	}

	/**
	 * Claim the generation whose turn it is for a free slot of a lane, under the lane's
	 * row lock. One at a time, so that nobody holds the queues of two teams at once but
	 * in the order in which accepting takes them.
	 * @param name the lane
	 * @return what to send, if anything, and when to look again
	 */
	@Transactional
	Turn next(String name) {
		LaneState lane = this.lanes.lock(name);
		long present = System.nanoTime();
		boolean full = lane.freeSlots() == 0;
		if (full || lane.untilNextSend().compareTo(LaneState.HORIZON) > 0) {
			return new Turn(null, full, lane.untilNextClaim());
		}
		Candidate candidate = waiting(lane);
		if (candidate == null) {
			return new Turn(null, false, lane.untilNextClaim());
		}
		Claim claim = claim(lane, candidate, SendTime.after(present, lane.untilNextSend()));
		LaneState started = start(lane, candidate);
		this.lanes.save(started);
		return new Turn(claim, false, started.untilNextClaim());
	}

	/** The first in fair order whose oldest task nobody else is busy with. */
	private @Nullable Candidate waiting(LaneState lane) {
		List<Integer> passedOver = new ArrayList<>(List.of(0));
		Optional<Candidate> next = next(lane, passedOver);
		while (next.isPresent() && next.get().id() == null) {
			passedOver.add(next.get().teamId());
			next = next(lane, passedOver);
		}
		return next.orElse(null);
	}

	/**
	 * The team whose turn it is, and its oldest task unless somebody is busy with that.
	 */
	private Optional<Candidate> next(LaneState lane, List<Integer> passedOver) {
		return this.jdbc.sql("""
				select turn.team_id, turn.virtual_time, turn.weight, oldest.id, oldest.seconds
				  from (select q.team_id, q.virtual_time, t.weight
				          from queue q
				          join team t on t.id = q.team_id
				         where q.lane = :lane
				           and q.waiting
				           and not t.suspended
				           and q.team_id <> all (:passedOver)
				           and (t.max_in_flight is null or t.max_in_flight > (
				                select count(*)
				                  from generation g
				                 where g.team_id = q.team_id
				                   and g.livemode = :livemode
				                   and g.state in ('SUBMITTING', 'SUBMITTED', 'RUNNING', 'IN_DOUBT')))
				         order by q.virtual_time, q.team_id
				         limit 1) turn
				  left join lateral (
				       select g.id, g.seconds
				         from generation g
				        where g.lane = :lane and g.team_id = turn.team_id and g.state = 'QUEUED'
				          and (g.due_at is null or g.due_at <= clock_timestamp())
				        order by g.id
				        limit 1
				          for update skip locked) oldest on true""")
			.param("lane", lane.name())
			.param("livemode", lane.livemode())
			.param("passedOver", passedOver.toArray(Integer[]::new))
			.query(Candidate.class)
			.optional();
	}

	private LaneState start(LaneState lane, Candidate candidate) {
		double start = Math.max(candidate.virtualTime(), lane.virtualTime());
		this.jdbc.sql("update queue set virtual_time = :virtualTime where lane = :lane and team_id = :team")
			.param("virtualTime", start + candidate.share())
			.param("lane", lane.name())
			.param("team", candidate.teamId())
			.update();
		return lane.startedAt(start);
	}

	private Claim claim(LaneState lane, Candidate candidate, SendTime time) {
		UUID id = Objects.requireNonNull(candidate.id());
		int attempt = this.attempts.open(id, lane.name(), this.replica.toString());
		Generation generation = this.generations.lock(id).orElseThrow();
		generation.submit(attempt, this.ledger.now());
		this.generations.save(generation);
		this.entityManager.flush();
		return new Claim(id, attempt, lane.livemode(), lane.name(), System.nanoTime(), time);
	}

	/**
	 * What came of looking at a lane.
	 *
	 * @param claim what to send, if anything
	 * @param full whether it has no free slot, whoever waits
	 * @param again when a further task can be claimed at the earliest
	 */
	record Turn(@Nullable Claim claim, boolean full, Duration again) {
	}

}
