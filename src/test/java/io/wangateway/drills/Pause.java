package io.wangateway.drills;

import java.util.Random;

/**
 * Replicas that stand still for a while (SIGSTOP) and go on as if nothing had happened
 * (SIGCONT): some only for a moment, some for so long that others have taken over what
 * they were doing. What they send, answer and write down too late changes nothing.
 */
final class Pause {

	/** Longer than it takes until others take over. */
	private static final int LONGEST_MILLIS = 15_000;

	private Pause() {
	}

	/**
	 * Run the drill.
	 * @param arguments how many pauses (default 40), how many replicas (default 3)
	 */
	static void main(String[] arguments) throws InterruptedException {
		int pauses = Drill.argument(arguments, 0, 40);
		boolean good;
		try (Cluster cluster = new Cluster(Drill.folder("pause"), Drill.argument(arguments, 1, 3), 40, 40)) {
			good = Drill.report("pause, " + pauses + " pauses", run(cluster, pauses, 0));
		}
		System.exit(good ? 0 : 1);
	}

	/**
	 * Run the drill on a cluster.
	 * @param cluster the replicas
	 * @param pauses how many
	 * @param first the number of the first request
	 * @return what it came to
	 */
	static Reckoning run(Cluster cluster, int pauses, int first) throws InterruptedException {
		Random random = Drill.random();
		try (Traffic traffic = new Traffic(cluster.gateways(), cluster.keys("pause"), Videos.DISTINCT, first,
				Integer.MAX_VALUE, 10)) {
			for (int pause = 0; pause < pauses; pause++) {
				Gateway sleeper = cluster.gateways().get(random.nextInt(cluster.gateways().size()));
				Thread.sleep(random.nextInt(1000));
				sleeper.pause();
				// Every other one long enough to be taken for dead.
				Thread.sleep((pause % 2 == 0) ? LONGEST_MILLIS - random.nextInt(5000) : random.nextInt(3000));
				sleeper.resume();
			}
			return Drill.end(cluster, traffic);
		}
	}

}
