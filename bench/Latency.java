import java.util.List;
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
			rig.database().query("""
					select count(*), percentile_cont(array[0.5, 0.99, 1]) within group (order by claimed),
					       percentile_cont(array[0.5, 0.99, 1]) within group (order by submitted)
					  from (select extract(epoch from a.claimed_at - g.created_at) * 1000 as claimed,
					               extract(epoch from g.submitted_at - g.created_at) * 1000 as submitted
					          from generation g join attempt a on a.id = g.attempt
					         order by g.id offset %d) task""".formatted(before), (row) -> {
				System.out.printf("%d tasks; ms until claimed (p50, p99, max) %s; until submitted %s%n", row.getInt(1),
						rounded(row.getString(2)), rounded(row.getString(3)));
				return row;
			});
		}
	}

	private static String rounded(String array) {
		return array.replaceAll("(\\.\\d)\\d+", "$1");
	}

}
