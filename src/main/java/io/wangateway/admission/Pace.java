package io.wangateway.admission;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Hands out the times at which an account may be queried, so that all processes together
 * stay under its limit: evenly spaced.
 */
@Component
public class Pace {

	/** How far ahead times are handed out. */
	private static final Duration HORIZON = Duration.ofMillis(500);

	private final JdbcClient jdbc;

	private final LaneSettings settings;

	Pace(JdbcClient jdbc, LaneSettings settings) {
		this.jdbc = jdbc;
		this.settings = settings;
	}

	/**
	 * Reserve the next times for calls.
	 * @param kind which limit they count against, such as {@code live:status}
	 * @param wanted how many calls there are to make
	 * @return the time of each; fewer than wanted if no more are free soon
	 */
	@Transactional
	public List<SendTime> reserve(String kind, int wanted) {
		double spacing = SendTime.SPACING_MARGIN / this.settings.queriesPerSecond();
		this.jdbc.sql("insert into pace (name) values (:name) on conflict do nothing").param("name", kind).update();
		double first = this.jdbc.sql("""
				select greatest(0, extract(epoch from next_at - clock_timestamp())) from pace where name = :name
				   for update""").param("name", kind).query(Double.class).single();
		long present = System.nanoTime();
		int granted = Math.clamp((int) ((HORIZON.toMillis() / 1000.0 - first) / spacing), 0, wanted);
		if (granted > 0) {
			this.jdbc.sql("""
					update pace set next_at = clock_timestamp() + :until * interval '1 second' where name = :name""")
				.param("name", kind)
				.param("until", first + granted * spacing)
				.update();
		}
		return IntStream.range(0, granted)
			.mapToObj((i) -> new SendTime(present + (long) ((first + i * spacing) * 1e9)))
			.toList();
	}

	/**
	 * Wait until one call may be made.
	 * @param livemode which account is called
	 * @param kind which of its limits the call counts against
	 * @throws InterruptedException if the gateway stops meanwhile
	 */
	public void await(boolean livemode, String kind) throws InterruptedException {
		List<SendTime> times = reserve(name(livemode, kind), 1);
		while (times.isEmpty() || !times.getFirst().await()) {
			if (times.isEmpty()) {
				Thread.sleep(HORIZON);
			}
			times = reserve(name(livemode, kind), 1);
		}
	}

	/**
	 * Wait until one call may be made, if that is soon.
	 * @param livemode which account is called
	 * @param kind which of its limits the call counts against
	 * @return whether it may be made now
	 * @throws InterruptedException if the gateway stops meanwhile
	 */
	public boolean awaitSoon(boolean livemode, String kind) throws InterruptedException {
		List<SendTime> times = reserve(name(livemode, kind), 1);
		return !times.isEmpty() && times.getFirst().await();
	}

	/**
	 * Return what a limit of an account is called.
	 * @param livemode which account
	 * @param kind {@code status}, {@code list} or {@code cancel}
	 * @return its name
	 */
	public static String name(boolean livemode, String kind) {
		return (livemode ? "live:" : "sandbox:") + kind;
	}

}
