package io.wangateway.drills;

import java.time.Duration;
import java.util.Random;

/**
 * PostgreSQL goes away under load, in turn as an administrator stops it and as a crash,
 * and comes back. Meanwhile requests are answered 503 with {@code Retry-After}, soon;
 * nothing that was accepted is lost.
 */
final class DatabaseRestart {

	/** A caller should not have to wait longer for being told to come back. */
	static final Duration SOON = Duration.ofSeconds(5);

	private DatabaseRestart() {
	}

	/**
	 * Run the drill.
	 * @param arguments how many restarts (default 10), how many replicas (default 2)
	 */
	static void main(String[] arguments) throws InterruptedException {
		int restarts = Drill.argument(arguments, 0, 10);
		boolean good;
		try (Cluster cluster = new Cluster(Drill.folder("database-restart"), Drill.argument(arguments, 1, 2), 40, 40)) {
			good = Drill.report("database-restart, " + restarts + " restarts", run(cluster, restarts, 0));
		}
		System.exit(good ? 0 : 1);
	}

	/**
	 * Run the drill on a cluster.
	 * @param cluster the replicas
	 * @param restarts how many
	 * @param first the number of the first request
	 * @return what it came to
	 */
	static Reckoning run(Cluster cluster, int restarts, int first) throws InterruptedException {
		Random random = Drill.random();
		try (Traffic traffic = new Traffic(cluster.gateways(), cluster.keys("database restart"), Videos.DISTINCT, first,
				Integer.MAX_VALUE, 20)) {
			for (int restart = 0; restart < restarts; restart++) {
				Thread.sleep(3000);
				cluster.server().stop((restart % 2 == 0) ? "fast" : "immediate");
				Thread.sleep(1000 + random.nextInt(5000));
				cluster.server().start();
			}
			Thread.sleep(2000);
			return Drill.end(cluster, traffic)
				.with("requests without an answer", traffic.unanswered())
				.with("milliseconds over %d s that a 503 took".formatted(SOON.toSeconds()),
						Math.max(0, traffic.slowestRefusal().minus(SOON).toMillis()));
		}
	}

}
