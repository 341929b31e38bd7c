import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long it takes from a task's acceptance until DashScope has it, when a slot is free
 * and nothing else waits: requests come one by one, two a second on average.
 */
final class Latency {

	static void main() throws Exception {
		double seconds = Double.parseDouble(System.getenv().getOrDefault("BENCH_SECONDS", "60"));
		try (Rig rig = new Rig("latency",
				List.of("--gateway.sandbox.limits.in-processing=0", "--gateway.sandbox.limits.submissions-per-second=0",
						"--gateway.sandbox.timings.run=1s"),
				List.of("--gateway.dashscope.max-in-flight=1000", "--gateway.dashscope.submissions-per-second=100"))) {
			String key = rig.keys("team", 1).getFirst();
			rig.ask(key, 50, Accept.VIDEO);
			Thread.sleep(5000);
			int before = (int) rig.database().number("select count(*) from generation");
			long end = System.nanoTime() + (long) (seconds * 1e9);
			while (System.nanoTime() < end) {
				rig.ask(key, 1, Accept.VIDEO);
				Thread.sleep(ThreadLocalRandom.current().nextInt(1000));
			}
			rig.await("select count(*) from generation where state = 'QUEUED'", 0);
			Thread.sleep(2000);
			report(rig, before);
		}
	}

	/** The simulator has a clock in common with us, so it tells when the call was there. */
	private static void report(Rig rig, int before) {
		Map<String, Double> made = new HashMap<>();
		rig.simulator()
			.database()
			.query("select id::text, extract(epoch from created_at) * 1000 from dashscope_simulator.task",
					(row) -> made.put(row.getString(1), row.getDouble(2)));
		Map<String, List<Double>> steps = new LinkedHashMap<>();
		rig.database().query("""
				select g.upstream_task_id, extract(epoch from g.created_at) * 1000, extract(epoch from a.claimed_at) * 1000,
				       extract(epoch from g.submitted_at) * 1000
				  from generation g join attempt a on a.id = g.attempt order by g.id offset %d""".formatted(before),
				(row) -> {
					double accepted = row.getDouble(2);
					Map.of("claimed", row.getDouble(3), "upstream", made.get(row.getString(1)), "submitted",
							row.getDouble(4))
						.forEach((step, at) -> steps.computeIfAbsent(step, (_) -> new ArrayList<>()).add(at - accepted));
					return row;
				});
		steps.forEach((step, millis) -> {
			millis.sort(null);
			System.out.printf("%d tasks, ms until %-10s p50 %.1f, p90 %.1f, p99 %.1f, max %.1f%n", millis.size(), step,
					millis.get(millis.size() / 2), millis.get(millis.size() * 9 / 10),
					millis.get(millis.size() * 99 / 100), millis.getLast());
		});
	}

}
