import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import io.wangateway.drills.HttpConnection;

/**
 * How many tasks a second can be read, one at a time, with the limiter on. Each key stays
 * under the default limit of 60,000 queries a minute, so there are many.
 */
final class Read {

	private static final int KEYS = 20;

	static void main() throws Exception {
		double seconds = Double.parseDouble(System.getenv().getOrDefault("BENCH_SECONDS", "30"));
		int connections = Integer.parseInt(System.getenv().getOrDefault("BENCH_CONNECTIONS", "16"));
		try (Rig rig = new Rig("read")) {
			int port = rig.gateway().port();
			List<String> keys = rig.keys("reader", KEYS);
			rig.ask(keys.getFirst(), 1, Accept.VIDEO);
			long stored = Long.parseLong(System.getenv().getOrDefault("BENCH_STORED", "0"));
			if (stored > 0) {
				Stored.ended(rig, stored);
			}
			List<byte[]> requests = new ArrayList<>();
			for (String key : keys) {
				for (String id : accepted(port, key)) {
					requests.add(HttpConnection.request("GET", "/v1/videos/generations/" + id, key, "", ""));
				}
			}
			Load load = new Load(port, connections, (random) -> requests.get(random.nextInt(requests.size())));
			load.asFastAsPossible(rig.warmUp());
			for (int run = 0; run < 2; run++) {
				Rig.Cpu before = rig.cpu();
				Load.Result result = load.asFastAsPossible(seconds);
				System.out.printf("%-12s %s%n%-12s %s%n", "reads", result, "",
						rig.cpu().since(before, result.nanos().length));
			}
			System.out.printf("peak RSS %d MB%n", rig.peakMegabytes());
		}
	}

	private static List<String> accepted(int port, String key) throws Exception {
		List<String> ids = new ArrayList<>();
		try (HttpConnection connection = new HttpConnection(port, 10_000)) {
			for (int i = 0; i < 50; i++) {
				connection.send(Accept.requests(List.of(key)).next(ThreadLocalRandom.current()));
				ids.add(connection.body().replaceFirst(".*\"id\":\"(\\w+)\".*", "$1"));
			}
		}
		return ids;
	}

}
