import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * With a million queued tasks of a thousand teams: how long PostgreSQL takes to pick the
 * next one, and to count the slots, as its own log of the running gateway says.
 */
final class Queue {

	private static final Map<String, Pattern> STATEMENTS = Map.of("pick the next task", Pattern.compile("turn\\.team_id"),
			"count the slots", Pattern.compile("as in_processing"), "lock the lane",
			Pattern.compile("as until_next_send"));

	private static final Pattern DURATION = Pattern.compile("duration: ([0-9.]+) ms +(?:execute|bind|parse)");

	static void main() throws Exception {
		int tasks = Integer.parseInt(System.getenv().getOrDefault("BENCH_TASKS", "1000000"));
		int seconds = Integer.parseInt(System.getenv().getOrDefault("BENCH_SECONDS", "30"));
		try (Rig rig = new Rig("queue",
				List.of("--gateway.sandbox.limits.in-processing=0", "--gateway.sandbox.limits.submissions-per-second=0",
						"--gateway.sandbox.limits.queries-per-second=0", "--gateway.sandbox.timings.run=1s"),
				List.of("--gateway.dashscope.submissions-per-second=50", "--gateway.dashscope.queries-per-second=50",
						"--gateway.dashscope.max-in-flight=100"))) {
			List<String> keys = rig.keys("team", Math.max(1, tasks / 1000));
			rig.ask(keys.getFirst(), 1, Accept.VIDEO);
			rig.await("select count(*) from generation where charged is null", 0);
			Stored.queued(rig, tasks);
			Thread.sleep(5000);
			rig.database().execute("alter system set log_min_duration_statement = 0");
			rig.database().execute("select pg_reload_conf()");
			long before = rig.database().number("select count(*) from attempt");
			Thread.sleep(seconds * 1000L);
			System.out.printf("%,d tasks started in %d s%n",
					rig.database().number("select count(*) from attempt") - before, seconds);
			report(rig.folder().resolve("postgres/server.log"));
		}
	}

	private static void report(Path log) throws IOException {
		Map<String, List<Double>> durations = new TreeMap<>();
		try (Stream<String> lines = Files.lines(log)) {
			String[] last = new String[1];
			lines.forEach((line) -> {
				Matcher duration = DURATION.matcher(line);
				if (duration.find()) {
					last[0] = line.contains(" execute ") ? duration.group(1) : null;
				}
				STATEMENTS.forEach((name, pattern) -> {
					if (last[0] != null && pattern.matcher(line).find()) {
						durations.computeIfAbsent(name, (_) -> new ArrayList<>()).add(Double.valueOf(last[0]));
						last[0] = null;
					}
				});
			});
		}
		durations.forEach((name, all) -> {
			all.sort(null);
			System.out.printf("%-20s %,d times: p50 %.3f ms, p99 %.3f ms, max %.1f ms%n", name, all.size(),
					all.get(all.size() / 2), all.get(all.size() * 99 / 100), all.getLast());
		});
	}

}
