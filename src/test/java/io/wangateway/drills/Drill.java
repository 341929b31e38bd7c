package io.wangateway.drills;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;

/** What all drills do alike. */
final class Drill {

	/** Tasks that have not ended, but for those that ops were told of. */
	private static final String OPEN = """
			select (select count(*) from generation where charged is null)
			       - (select count(*) from alert where kind = 'submission_in_doubt' and resolved_at is null)""";

	/** Long enough for every doubt to be cleared up. */
	static final Duration PATIENCE = Duration.ofMinutes(30);

	private Drill() {
	}

	static int argument(String[] arguments, int position, int otherwise) {
		return (arguments.length > position) ? Integer.parseInt(arguments[position]) : otherwise;
	}

	/** Return a generator of random numbers, and print its seed. */
	static Random random() {
		long seed = Long.getLong("drill.seed", System.nanoTime());
		System.out.println("seed " + seed);
		return new Random(seed);
	}

	/** How long things are broken at most: a long drill may be run in parts. */
	static Duration longest() {
		return Duration.ofMinutes(Long.getLong("drill.minutes", 24 * 60));
	}

	static Path folder(String name) {
		return Path.of("target/drills", name + "-" + ProcessHandle.current().pid());
	}

	/**
	 * Make no new requests, wait until every task has ended or waits for ops, and
	 * compare. What is still open after a while shows in the reckoning.
	 */
	static Reckoning end(Cluster cluster, Traffic traffic) throws InterruptedException {
		traffic.stop();
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		while (System.nanoTime() < deadline && cluster.database().number(OPEN) > 0) {
			Thread.sleep(500);
		}
		System.out.println(traffic);
		for (String requestId : traffic.oddRequests()) {
			cluster.gateways().forEach((gateway) -> gateway.logOf(requestId).forEach(System.out::println));
		}
		return Reckoning.of(cluster, traffic);
	}

	/**
	 * Print how a drill ended.
	 * @return whether nothing was wrong
	 */
	static boolean report(String name, Reckoning reckoning) {
		boolean good = reckoning.faults().isEmpty();
		System.out.printf("%s: %s%n%s%n", name, good ? "GOOD" : "FAULTY", reckoning);
		return good;
	}

}
