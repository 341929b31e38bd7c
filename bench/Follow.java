import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.wangateway.drills.Database;

/**
 * With 300 tasks in processing: how long after its end a task is known to have ended, and
 * how many queries of each kind that took in the worst second, as the simulator counted.
 */
final class Follow {

	private static final int LIVE = 300;

	static void main() throws Exception {
		int tasks = Integer.parseInt(System.getenv().getOrDefault("BENCH_TASKS", "1200"));
		// The simulator refuses nothing, so it remembers the times of the last 10,000 calls.
		try (Rig rig = new Rig("follow",
				List.of("--gateway.sandbox.limits.in-processing=0", "--gateway.sandbox.limits.submissions-per-second=0",
						"--gateway.sandbox.limits.queries-per-second=10000",
						"--gateway.sandbox.limits.lists-per-second=10000", "--gateway.sandbox.timings.pending=2s",
						"--gateway.sandbox.timings.run=50s", "--gateway.sandbox.timings.run-per-second=2s",
						"--gateway.sandbox.timings.spread=0.5"),
				List.of("--gateway.dashscope.max-in-flight=" + LIVE, "--gateway.dashscope.submissions-per-second=20",
						"--gateway.dashscope.queries-per-second=20"))) {
			rig.ask(rig.keys("team", 1).getFirst(), tasks, Accept.VIDEO);
			rig.await("select count(*) from generation where charged is null", 0);
			Map<String, Long> ends = new TreeMap<>();
			rig.simulator().database().query(
					"select id::text, extract(epoch from ends_at) * 1000 from dashscope_simulator.task",
					(row) -> ends.put(row.getString(1), row.getLong(2)));
			// The first ones came before it was known how long tasks take.
			long[] late = rig.database()
				.query("select upstream_task_id, extract(epoch from ended_at) * 1000 from generation order by id offset "
						+ LIVE, (row) -> row.getLong(2) - ends.get(row.getString(1)))
				.stream()
				.mapToLong(Long::longValue)
				.sorted()
				.toArray();
			System.out.printf("%d tasks, %d at a time: known after its end p50 %s, p99 %s, max %s%n", tasks, LIVE,
					millis(late[late.length / 2]), millis(late[late.length * 99 / 100]), millis(late[late.length - 1]));
			busiest(rig.simulator().database());
		}
	}

	private static void busiest(Database simulator) {
		simulator.query("""
				select subject, count(*), max(calls)
				  from (select t.subject, call,
				               count(*) over (partition by t.subject order by call
				                              range between current row and '999 milliseconds' following) as calls
				          from dashscope_simulator.throttle t, unnest(t.calls) call) call
				 group by subject""", (row) -> {
			System.out.printf("%s: %,d calls, at most %d in any second%n", row.getString(1), row.getLong(2),
					row.getLong(3));
			return row;
		});
	}

	private static String millis(long millis) {
		return Duration.ofMillis(millis).toString().substring(2).toLowerCase();
	}

}
