package io.wangateway.drills;

import java.util.Random;

/**
 * {@code kill -9} of a random replica, again and again, under load, while upstream loses
 * answers and breaks off. Whatever a killed process was doing, others take it over or it
 * is cleared up as a doubt.
 */
final class Kill9 {

	private Kill9() {
	}

	/**
	 * Run the drill.
	 * @param arguments how many kills (default 100), how many replicas (default 3)
	 */
	static void main(String[] arguments) throws InterruptedException {
		int kills = Drill.argument(arguments, 0, 100);
		boolean good;
		try (Cluster cluster = new Cluster(Drill.folder("kill9"), Drill.argument(arguments, 1, 3), 40, 40)) {
			good = Drill.report("kill9", run(cluster, kills, 0));
		}
		System.exit(good ? 0 : 1);
	}

	/**
	 * Run the drill on a cluster.
	 * @param cluster the replicas
	 * @param kills how many
	 * @param first the number of the first request
	 * @return what it came to
	 */
	static Reckoning run(Cluster cluster, int kills, int first) throws InterruptedException {
		Random random = Drill.random();
		try (Traffic traffic = new Traffic(cluster.gateways(), cluster.keys("kill9"), Videos.DISTINCT, first,
				Integer.MAX_VALUE, 5)) {
			long deadline = System.nanoTime() + Drill.longest().toNanos();
			int kill = 0;
			for (; kill < kills && System.nanoTime() < deadline; kill++) {
				Gateway victim = cluster.gateways().get(random.nextInt(cluster.gateways().size()));
				Thread.sleep(random.nextInt(2000));
				victim.kill();
				Thread.sleep(random.nextInt(1000));
				victim.launch();
				victim.awaitReady();
			}
			System.out.println(kill + " kills");
			return Drill.end(cluster, traffic);
		}
	}

}
