package io.wangateway.admission;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import io.wangateway.generation.Generation;
import io.wangateway.generation.Generations;
import io.wangateway.generation.Replica;
import io.wangateway.ledger.Ledger;
import jakarta.persistence.EntityManager;

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
	 * Claim generations for the free slots of a lane, under the lane's row lock.
	 * @param name the lane
	 * @return what to send now, and when to look again at the latest
	 */
	@Transactional
	Turn fill(String name) {
		LaneState lane = this.lanes.lock(name);
		long present = System.nanoTime();
		List<Claim> claims = new ArrayList<>();
		List<Integer> passedOver = new ArrayList<>();
		passedOver.add(0);
		int free = lane.freeSlots();
		while (claims.size() < free && lane.untilNextSend().compareTo(LaneState.HORIZON) <= 0) {
			Optional<Candidate> next = next(lane, passedOver);
			if (next.isEmpty()) {
				break;
			}
			Candidate candidate = next.get();
			if (candidate.id() == null) {
				passedOver.add(candidate.teamId());
				continue;
			}
			claims.add(claim(lane, candidate.id(), SendTime.after(present, lane.untilNextSend())));
			lane = start(lane, candidate);
		}
		if (!claims.isEmpty()) {
			this.lanes.save(lane);
		}
		return new Turn(claims, lane.untilNextSend().minus(LaneState.HORIZON));
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
				           and q.queued > 0
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

	private Claim claim(LaneState lane, UUID id, SendTime time) {
		int attempt = this.attempts.open(id, lane.name(), this.replica.toString());
		Generation generation = this.generations.lock(id).orElseThrow();
		generation.submit(attempt, this.ledger.now());
		this.generations.save(generation);
		this.entityManager.flush();
		return new Claim(id, attempt, lane.livemode(), lane.name(), System.nanoTime(), time);
	}

	/**
	 * What came of filling a lane.
	 *
	 * @param claims what to send
	 * @param again when a further task can be claimed at the earliest
	 */
	record Turn(List<Claim> claims, Duration again) {
	}

}
