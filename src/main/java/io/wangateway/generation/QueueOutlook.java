package io.wangateway.generation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.DataClassRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * What a generation that waits with us can expect: when it gets a slot, if nothing
 * changes. Looked up once a second for all lanes, and never by those who ask, since they
 * hold a connection already.
 */
@Component
class QueueOutlook {

	/**
	 * Alibaba names one to five minutes; the sandbox's videos take about five seconds.
	 */
	private static final double UNMEASURED_LIVE = 60;

	private static final double UNMEASURED_SANDBOX = 5;

	private final JdbcClient jdbc;

	private volatile Map<String, Lane> lanes = Map.of();

	QueueOutlook(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Tell how a waiting generation stands.
	 * @param lane its lane
	 * @param team the number of its team
	 * @param position 1 for the team's next in that lane
	 * @return its place, and when its turn comes or why it does not
	 */
	GenerationView.Queue of(String lane, int team, long position) {
		Lane outlook = this.lanes.get(lane);
		if (outlook == null) {
			return new GenerationView.Queue(position, null, null);
		}
		Optional<Share> share = outlook.shares().stream().filter((each) -> each.teamId() == team).findFirst();
		if (share.isPresent() && share.get().suspended()) {
			return new GenerationView.Queue(position, null, "team_suspended");
		}
		if (outlook.limits().standing() || outlook.limits().slots() == 0) {
			return new GenerationView.Queue(position, null, "lane_paused");
		}
		return new GenerationView.Queue(position, Math.round(outlook.wait(team, position)), null);
	}

	@Scheduled(fixedRate = 1000)
	void look() {
		Map<String, List<Share>> shares = this.jdbc.sql("""
				select q.lane, q.team_id, t.weight, q.queued, t.suspended, t.max_in_flight
				  from queue q join team t on t.id = q.team_id
				 where q.waiting""")
			.query(DataClassRowMapper.newInstance(Share.class))
			.list()
			.stream()
			.collect(Collectors.groupingBy(Share::lane));
		this.lanes = this.jdbc.sql("""
				select name, standing, slots, starts_per_second, in_processing, mean_seconds from lane_outlook""")
			.query(DataClassRowMapper.newInstance(Limits.class))
			.list()
			.stream()
			.collect(Collectors.toMap(Limits::name,
					(limits) -> new Lane(limits, shares.getOrDefault(limits.name(), List.of()),
							limits.name().startsWith("sandbox:") ? UNMEASURED_SANDBOX : UNMEASURED_LIVE)));
	}

	/**
	 * A lane and who waits in it.
	 *
	 * @param limits what it can do
	 * @param shares who waits
	 * @param unmeasured how long a video is thought to take before any was measured, in
	 * seconds
	 */
	private record Lane(Limits limits, List<Share> shares, double unmeasured) {

		/**
		 * While this team's tasks before it are served, every other team gets slots in
		 * proportion to its weight, as long as it has tasks waiting.
		 */
		double wait(int team, long position) {
			double mean = (this.limits.meanSeconds() != null) ? this.limits.meanSeconds() : this.unmeasured;
			int weight = 1;
			double cap = this.limits.slots();
			double before = (double) position - 1;
			for (Share share : this.shares) {
				if (share.teamId() == team) {
					weight = share.weight();
					cap = (share.maxInFlight() != null) ? share.maxInFlight() : cap;
				}
			}
			double own = (cap < this.limits.slots()) ? (position - cap) * mean / Math.max(1, cap) : 0;
			for (Share other : this.shares) {
				if (other.teamId() != team && !other.suspended()) {
					before += Math.min((double) other.queued(), (position - 0.5) * other.weight() / weight);
				}
			}
			double startsPerSecond = Math.min(this.limits.startsPerSecond(), this.limits.slots() / mean);
			int free = Math.max(0, this.limits.slots() - this.limits.inProcessing());
			return Math.max(own,
					(before < free) ? before / this.limits.startsPerSecond() : (before - free + 0.5) / startsPerSecond);
		}

	}

	private record Limits(String name, boolean standing, int slots, double startsPerSecond, int inProcessing,
			@Nullable Double meanSeconds) {
	}

	private record Share(String lane, int teamId, int weight, long queued, boolean suspended,
			@Nullable Integer maxInFlight) {
	}

}
