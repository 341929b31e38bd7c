import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import io.wangateway.drills.HttpConnection;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How many tasks a second are accepted with a report every second and without, in turns in
 * one run, so that both have the same machine.
 */
class AcceptBesideReports {

	static final int TEAMS = 20;

	static final int ROUNDS = 5;

	static final int SECONDS = 6;

	final UsageAtSize bench;

	AcceptBesideReports(UsageAtSize bench) {
		this.bench = bench;
	}

	void run(List<String> reports) throws Exception {
		List<String> keys = new ArrayList<>();
		for (int i = 0; i < TEAMS; i++) {
			String team = admin("POST", "/v1/admin/teams", """
					{"name":"Accepting %d %d","max_queued":1000000}""".formatted(i, System.currentTimeMillis()))
				.get("id")
				.stringValue();
			admin("PUT", "/v1/admin/teams/" + team + "/budget", "{\"limit\":\"1000000000\"}");
			keys.add(admin("POST", "/v1/admin/teams/" + team + "/keys", """
					{"name":"bench","livemode":true,"requests_per_minute":1000000}""").get("key").stringValue());
		}
		Load load = new Load(this.bench.port, 8, Accept.requests(keys));
		load.asFastAsPossible(SECONDS);
		double without = 0;
		double with = 0;
		List<Double> ratios = new ArrayList<>();
		AtomicLong slowest = new AtomicLong();
		for (int round = 0; round < ROUNDS; round++) {
			double alone = load.asFastAsPossible(SECONDS).perSecond();
			double beside = beside(reports, slowest, load);
			without += alone;
			with += beside;
			ratios.add(beside / alone);
		}
		System.out.printf("%naccepting: %.0f/s alone, %.0f/s beside a report per second: ratio %.3f (rounds %s);"
				+ " slowest of these reports %.1f ms%n", without / ROUNDS, with / ROUNDS, with / without,
				ratios.stream().map("%.2f"::formatted).toList(), slowest.get() / 1e3);
	}

	private double beside(List<String> reports, AtomicLong slowest, Load load) throws Exception {
		AtomicBoolean over = new AtomicBoolean();
		CompletableFuture<Void> reporting = CompletableFuture.runAsync(() -> {
			try {
				for (int i = 0; !over.get(); i++) {
					long micros = this.bench.get(reports.get(i % reports.size()));
					slowest.accumulateAndGet(micros, Math::max);
					TimeUnit.MICROSECONDS.sleep(Math.max(0, 1_000_000 - micros));
				}
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		});
		double rate = load.asFastAsPossible(SECONDS).perSecond();
		over.set(true);
		reporting.join();
		return rate;
	}

	private JsonNode admin(String method, String path, String body) throws Exception {
		try (HttpConnection connection = new HttpConnection(this.bench.port, 10_000)) {
			int status = connection.send(HttpConnection.request(method, path, UsageAtSize.ADMIN, "", body));
			if (status / 100 != 2) {
				throw new IllegalStateException("%s %s: %d %s".formatted(method, path, status, connection.body()));
			}
			return JsonMapper.shared().readTree(connection.body());
		}
	}

}
