import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.wangateway.drills.HttpConnection;
import io.wangateway.generation.GenerationId;

/**
 * How honest {@code queue.eta_seconds} is: three teams of different weights and backlogs
 * ask every other second what each of their waiting tasks can expect; afterwards that is
 * compared with when each got its slot. The first tasks, from which the gateway learns how
 * long a video takes, are not asked about.
 */
final class Eta {

	private static final Pattern ETA = Pattern.compile("\"eta_seconds\":(\\d+)");

	private static final int LEARNING = 20;

	static void main() throws Exception {
		int tasks = Integer.parseInt(System.getenv().getOrDefault("BENCH_TASKS", "90"));
		try (Rig rig = new Rig("eta", List.of("--gateway.sandbox.timings.run=3s", "--gateway.sandbox.timings.spread=0.3"),
				List.of())) {
			rig.ask(rig.keys("learning", 1).getFirst(), LEARNING, Accept.VIDEO);
			rig.await("select count(*) from generation where charged is null", 0);
			List<String> keys = List.of(rig.gateway().liveKey("light", "", 1), rig.gateway().liveKey("heavy", "", 2),
					rig.gateway().liveKey("small", "", 1));
			rig.ask(keys.get(0), tasks / 2, Accept.VIDEO);
			rig.ask(keys.get(1), tasks / 3, Accept.VIDEO);
			rig.ask(keys.get(2), tasks / 6, Accept.VIDEO);
			List<Promise> promises = new ArrayList<>();
			while (rig.database().number("select count(*) from generation where state = 'QUEUED'") > 0) {
				// The gateway looks at the lanes once a second.
				Thread.sleep(2000);
				for (String key : keys) {
					promises.addAll(promises(rig, key));
				}
			}
			report(rig, promises);
		}
	}

	/** What a team's waiting tasks can expect, as its list says. */
	private static List<Promise> promises(Rig rig, String key) throws IOException {
		List<Promise> promises = new ArrayList<>();
		try (HttpConnection connection = new HttpConnection(rig.gateway().port(), 10_000)) {
			double asked = rig.database()
				.query("select extract(epoch from clock_timestamp())", (row) -> row.getDouble(1))
				.getFirst();
			connection.send(
					HttpConnection.request("GET", "/v1/videos/generations?status=queued&limit=100", key, "", ""));
			for (String task : connection.body().split("(?=\\{\"id\":\"video_)")) {
				Matcher eta = ETA.matcher(task);
				if (eta.find()) {
					promises.add(new Promise(task.substring(7, task.indexOf('"', 8)), asked,
							Integer.parseInt(eta.group(1))));
				}
			}
		}
		return promises;
	}

	private static void report(Rig rig, List<Promise> promises) {
		Map<String, Double> starts = new HashMap<>();
		rig.database().query("""
				select generation_id, extract(epoch from min(claimed_at)) from attempt group by 1""",
				(row) -> starts.put(new GenerationId(row.getObject(1, UUID.class))
					.toString(), row.getDouble(2)));
		// What waits less than five seconds is told whole seconds of it.
		double[] off = promises.stream()
			.filter((promise) -> starts.get(promise.task()) - promise.asked() >= 5)
			.mapToDouble((promise) -> {
				double wait = starts.get(promise.task()) - promise.asked();
				return 100 * (promise.seconds() - wait) / wait;
			})
			.toArray();
		double[] sizes = Arrays.stream(off).map(Math::abs).sorted().toArray();
		double[] sorted = Arrays.stream(off).sorted().toArray();
		System.out.printf("%d answers about waits of 5 s and more: off by %.0f %% (median), %.0f %% (p90); signed median %+.0f %%%n",
				sizes.length, sizes[sizes.length / 2], sizes[sizes.length * 9 / 10], sorted[sorted.length / 2]);
	}

	/**
	 * What a waiting task was told.
	 *
	 * @param task its id
	 * @param asked when, in Unix seconds
	 * @param seconds until its slot
	 */
	private record Promise(String task, double asked, int seconds) {
	}

}
