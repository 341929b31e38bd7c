package io.wangateway.following;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Hands out the times at which an account may be queried, so that all processes together
 * stay under its limit. Evenly spaced, a little wider than the limit asks, since a call
 * may leave here a moment late.
 */
@Component
public class Pace {

	private static final double SPACING_MARGIN = 1.1;

	/** How far ahead times are handed out. */
	private static final Duration HORIZON = Duration.ofMillis(500);

	private final JdbcClient jdbc;

	private final FollowingSettings settings;

	Pace(JdbcClient jdbc, FollowingSettings settings) {
		this.jdbc = jdbc;
		this.settings = settings;
	}

	/**
	 * Return what status queries count against.
	 * @param livemode whether they go to the live account
	 * @return the kind of call
	 */
	public static String statusOf(boolean livemode) {
		return livemode ? "live:status" : "sandbox:status";
	}

	/**
	 * Reserve the next times for calls.
	 * @param kind which limit they count against, such as {@code live:status}
	 * @param wanted how many calls there are to make
	 * @return how long each has to wait; fewer than wanted if no more are free soon
	 */
	@Transactional
	public List<Duration> reserve(String kind, int wanted) {
		double spacing = SPACING_MARGIN / this.settings.queriesPerSecond();
		this.jdbc.sql("insert into pace (name) values (:name) on conflict do nothing").param("name", kind).update();
		double first = this.jdbc.sql("""
				select greatest(0, extract(epoch from next_at - clock_timestamp())) from pace where name = :name
				   for update""").param("name", kind).query(Double.class).single();
		int granted = Math.clamp((int) ((HORIZON.toMillis() / 1000.0 - first) / spacing), 0, wanted);
		if (granted > 0) {
			this.jdbc.sql("""
					update pace set next_at = clock_timestamp() + :until * interval '1 second' where name = :name""")
				.param("name", kind)
				.param("until", first + granted * spacing)
				.update();
		}
		return IntStream.range(0, granted)
			.mapToObj((i) -> Duration.ofNanos((long) ((first + i * spacing) * 1e9)))
			.toList();
	}

}
