package io.wangateway.admission;

import java.sql.Types;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

import io.wangateway.alert.Alerts;
import io.wangateway.catalogue.Catalogue;
import io.wangateway.catalogue.ModeSpec;
import io.wangateway.generation.LaneName;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.DataClassRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The lanes, one per upstream model of each account: their limits, and what keeps them
 * from sending.
 */
@Component
public class Lanes {

	private static final String STOPPED = "lane_stopped";

	private final JdbcClient jdbc;

	private final Catalogue catalogue;

	private final LaneSettings settings;

	private final Alerts alerts;

	Lanes(JdbcClient jdbc, Catalogue catalogue, LaneSettings settings, Alerts alerts) {
		this.jdbc = jdbc;
		this.catalogue = catalogue;
		this.settings = settings;
		this.alerts = alerts;
	}

	/**
	 * Put a lane on record for each upstream model of the catalogue, live and sandbox,
	 * with the limits that hold where ops set none: the setting's, else the catalogue's.
	 * Each for itself: whoever held one lane and waited for the next could be what
	 * another replica waits for, and the start would fail.
	 */
	void register() {
		for (String model : this.catalogue.upstreamModels()) {
			ModeSpec.Lane limits = this.catalogue.upstream(model).map(ModeSpec::lane).orElseThrow();
			for (boolean livemode : List.of(true, false)) {
				this.jdbc.sql("""
						insert into lane (name, upstream_model, livemode, default_max_in_flight,
						        default_submissions_per_second)
						values (:name, :model, :livemode, :slots, :rate)
						on conflict (name) do update
						   set default_max_in_flight = :slots, default_submissions_per_second = :rate""")
					.param("name", LaneName.of(model, livemode))
					.param("model", model)
					.param("livemode", livemode)
					.param("slots", Objects.requireNonNullElse(this.settings.maxInFlight(), limits.maxInFlight()))
					.param("rate",
							Objects.requireNonNullElse(this.settings.submissionsPerSecond(),
									limits.submissionsPerSecond()))
					.update();
			}
		}
	}

	/** Return the names of all lanes. */
	List<Name> names() {
		return this.jdbc.sql("select name, livemode from lane order by name")
			.query(DataClassRowMapper.newInstance(Name.class))
			.list();
	}

	/**
	 * Stop a lane until ops start it again, with an alert.
	 * @param name the lane
	 * @param reason why, in a sentence for ops
	 */
	@Transactional
	public void stop(String name, String reason) {
		this.jdbc.sql("update lane set stopped_reason = :reason where name = :name and stopped_reason is null")
			.param("reason", reason)
			.param("name", name)
			.update();
		this.alerts.raise(STOPPED, name, reason);
	}

	/**
	 * Change what ops have set.
	 * @param name the lane
	 * @param maxInFlight tasks upstream at once, {@code null} for the setting's or the
	 * catalogue's limit
	 * @param submissionsPerSecond tasks sent within a second, {@code null} likewise
	 * @param paused whether it sends nothing
	 * @param started whether it is to go on although the gateway had stopped it
	 */
	@Transactional
	void change(String name, @Nullable Integer maxInFlight, @Nullable Integer submissionsPerSecond, boolean paused,
			boolean started) {
		this.jdbc.sql("""
				update lane
				   set max_in_flight = :maxInFlight,
				       submissions_per_second = :submissionsPerSecond,
				       paused = :paused,
				       next_send_at = least(next_send_at, clock_timestamp() + :margin * interval '1 second'
				           / coalesce(:submissionsPerSecond, default_submissions_per_second)),
				       stopped_reason = case when :started then null else stopped_reason end,
				       throttled_until = case when :started then 'epoch' else throttled_until end
				 where name = :name""")
			.param("name", name)
			.param("maxInFlight", maxInFlight, Types.INTEGER)
			.param("submissionsPerSecond", submissionsPerSecond, Types.INTEGER)
			.param("paused", paused)
			.param("started", started)
			.param("margin", SendTime.SPACING_MARGIN)
			.update();
		if (started) {
			this.alerts.resolve(STOPPED, name);
		}
	}

	/**
	 * Let a lane rest, because upstream asked for it: twice as long each time in a row,
	 * with jitter, a minute at most. What was sent before it rested is no further time.
	 * @param name the lane
	 */
	@Transactional
	void throttle(String name) {
		this.jdbc.sql("""
				update lane
				   set throttles = throttles + 1,
				       throttled_until = clock_timestamp()
				           + least(60, power(2, least(throttles, 6))) * (0.5 + random()) * interval '1 second'
				 where name = :name and throttled_until <= clock_timestamp()""").param("name", name).update();
	}

	/**
	 * Upstream took a task: the next throttling starts from the beginning. While a lane
	 * rests, it is one that was sent before, and says nothing of now.
	 * @param name the lane
	 */
	@Transactional
	void unthrottle(String name) {
		this.jdbc.sql("""
				update lane
				   set throttles = 0
				 where name = :name and throttles > 0 and throttled_until <= clock_timestamp()""")
			.param("name", name)
			.update();
	}

	/**
	 * Lock a lane and look at it.
	 * @param name the lane
	 * @return the lane as it is now
	 */
	LaneState lock(String name) {
		LaneRow row = this.jdbc
			.sql("""
					select l.name, l.livemode, coalesce(l.max_in_flight, l.default_max_in_flight) as slots,
					       coalesce(l.submissions_per_second, l.default_submissions_per_second) as rate, l.virtual_time,
					       not l.paused and l.stopped_reason is null and l.throttled_until <= clock_timestamp() as open,
					       greatest(-1, least(60, extract(epoch from l.next_send_at - clock_timestamp()))) as until_next_send
					  from lane l
					 where l.name = :name
					   for no key update""")
			.param("name", name)
			.query(LaneRow.class)
			.single();
		Slots slots = this.jdbc.sql("""
				select count(*) as in_processing,
				       count(*) filter (where state = 'SUBMITTING') as submitting,
				       count(*) filter (where state = 'IN_DOUBT') as doubts
				  from generation
				 where lane = :name
				   and state in ('SUBMITTING', 'SUBMITTED', 'RUNNING', 'IN_DOUBT')""")
			.param("name", name)
			.query(Slots.class)
			.single();
		return new LaneState(row.name(), row.livemode(), row.open(), row.slots(), slots.inProcessing(),
				slots.submitting(), slots.doubts(), row.virtualTime(), seconds(row.untilNextSend()),
				seconds(SendTime.SPACING_MARGIN / row.rate()));
	}

	/**
	 * Write down what filling a lane changed, still under its lock.
	 * @param lane the lane after the last start
	 */
	void save(LaneState lane) {
		this.jdbc.sql("""
				update lane
				   set virtual_time = :virtualTime,
				       next_send_at = clock_timestamp() + :untilNextSend * interval '1 second'
				 where name = :name""")
			.param("virtualTime", lane.virtualTime())
			.param("untilNextSend", lane.untilNextSend().toNanos() / 1e9)
			.param("name", lane.name())
			.update();
	}

	/**
	 * Take another time for a submission that has missed its own.
	 * @param name the lane
	 * @return when it may be sent
	 */
	SendTime nextSendTime(String name) {
		double wait = this.jdbc
			.sql("""
					update lane
					   set next_send_at = greatest(next_send_at, clock_timestamp())
					           + :margin / coalesce(submissions_per_second, default_submissions_per_second) * interval '1 second'
					 where name = :name
					returning extract(epoch from next_send_at - clock_timestamp())
					        - :margin / coalesce(submissions_per_second, default_submissions_per_second)""")
			.param("name", name)
			.param("margin", SendTime.SPACING_MARGIN)
			.query(Double.class)
			.single();
		return SendTime.after(System.nanoTime(), seconds(wait));
	}

	private static Duration seconds(double seconds) {
		return Duration.ofNanos((long) (seconds * 1e9));
	}

	/**
	 * A lane.
	 *
	 * @param name what it is called
	 * @param livemode whether it leads to the live account
	 */
	record Name(String name, boolean livemode) {
	}

	private record LaneRow(String name, boolean livemode, int slots, double rate, double virtualTime, boolean open,
			double untilNextSend) {
	}

	private record Slots(int inProcessing, int submitting, int doubts) {
	}

}
