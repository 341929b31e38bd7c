package io.wangateway.drills;

import java.nio.file.Path;
import java.util.List;

/**
 * Many tasks while upstream loses 5 % of its answers after it made the task, and answers
 * another 5 % with 500, half of them after it made the task. With prompts that differ all
 * of them end, each made and paid for once. With equal prompts or none the gateway can't
 * tell whose some of the videos are: it hands over none of those, and tells ops.
 */
final class LostAnswers {

	private LostAnswers() {
	}

	/**
	 * Run the drill.
	 * @param arguments how many tasks (default 2,000), how many gateways (default 2), and
	 * the kind of prompts (default both)
	 */
	static void main(String[] arguments) throws InterruptedException {
		int tasks = Drill.argument(arguments, 0, 2000);
		int replicas = Drill.argument(arguments, 1, 2);
		boolean good = true;
		for (Videos videos : (arguments.length > 2) ? List.of(Videos.valueOf(arguments[2]))
				: List.of(Videos.values())) {
			Path folder = Drill.folder("lost-answers-" + videos.name().toLowerCase());
			// What stays in doubt keeps its slot.
			int slots = (videos == Videos.ALIKE) ? tasks : 40;
			try (Cluster cluster = new Cluster(folder, replicas, slots, 40)) {
				good &= Drill.report("lost-answers, prompts " + videos, run(cluster, videos, tasks));
			}
		}
		System.exit(good ? 0 : 1);
	}

	private static Reckoning run(Cluster cluster, Videos videos, int tasks) throws InterruptedException {
		List<String> keys = cluster.keys("lost answers");
		try (Traffic traffic = new Traffic(cluster.gateways(), keys, videos, 0, tasks, 200)) {
			traffic.finish();
			return Drill.end(cluster, traffic);
		}
	}

}
