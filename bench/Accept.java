import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

import io.wangateway.drills.HttpConnection;

/**
 * How many tasks a second the gateway accepts, each with its hold and its place in the
 * queue committed: 50 teams with budgets, an Idempotency-Key on every other request;
 * then one team alone; then how long an acceptance takes at half of 3,000 a second. Beside
 * it what pgbench reaches with the same rows on the same server.
 */
final class Accept {

	/** Each with a connection of its own. */
	private static final int TEAMS = 50;

	/** What is to be sustained; an acceptance is timed at half of it, or of what is reached, if that is less. */
	private static final double SUSTAINED = 3000;

	static final String VIDEO = """
			{"model":"wan2.6-flash","image_urls":["https://example.com/photo.jpg"],\
			"prompt":"The person comes alive and smiles","resolution":"720p","duration":5}""";

	static void main() throws Exception {
		double seconds = Double.parseDouble(System.getenv().getOrDefault("BENCH_SECONDS", "30"));
		int connections = Integer.parseInt(System.getenv().getOrDefault("BENCH_CONNECTIONS", Integer.toString(TEAMS)));
		try (Rig rig = new Rig("accept")) {
			List<String> keys = rig.keys("team", TEAMS);
			int port = rig.gateway().port();
			rig.ask(keys.getFirst(), 1, VIDEO);
			long stored = Long.parseLong(System.getenv().getOrDefault("BENCH_STORED", "0"));
			if (stored > 0) {
				Stored.ended(rig, stored);
			}
			new Load(port, connections, requests(keys)).asFastAsPossible(rig.warmUp());
			double rate = measure("50 teams", rig, new Load(port, connections, requests(keys)), seconds).perSecond();
			measure("one team", rig, new Load(port, connections, requests(keys.subList(0, 1))), seconds);
			Load.Result half = new Load(port, 64, requests(keys)).atRate(Math.min(rate, SUSTAINED) / 2, seconds);
			System.out.printf("%-12s %s%n", "half rate", half);
			double pgbench = new PgBench(rig).run((int) seconds);
			System.out.printf("%-12s %.0f %%%n", "of pgbench", 100 * rate / pgbench);
			System.out.printf("stored %,d tasks, gateway's peak RSS %d MB%n",
					rig.database().number("select count(*) from generation"), rig.peakMegabytes());
		}
	}

	static Load.Requests requests(List<String> keys) {
		return (random) -> HttpConnection.request("POST", "/v1/videos/generations",
				keys.get(random.nextInt(keys.size())), idempotencyKey(random), VIDEO);
	}

	private static String idempotencyKey(ThreadLocalRandom random) {
		return random.nextBoolean()
				? "Idempotency-Key: " + new UUID(random.nextLong(), random.nextLong()) + "\r\n" : "";
	}

	private static Load.Result measure(String what, Rig rig, Load load, double seconds) throws Exception {
		Rig.Cpu before = rig.cpu();
		Load.Result result = load.asFastAsPossible(seconds);
		System.out.printf("%-12s %s%n%-12s %s%n", what, result, "",
				rig.cpu().since(before, result.nanos().length));
		return result;
	}

}
