import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import com.github.f4b6a3.ulid.Ulid;

/**
 * Measures the search for tasks: for each kind the first page, a page in the middle of the
 * time that it spans, and one near its end.
 */
class SearchAtSize {

	static final int RUNS = Math.min(20, UsageAtSize.RUNS);

	/** Where one takes a second. */
	static final int FEW = 4;

	final UsageAtSize bench;

	final Instant now = Instant.now();

	SearchAtSize(UsageAtSize bench) {
		this.bench = bench;
	}

	void run() throws Exception {
		System.out.printf("%nsearch, milliseconds over HTTP, %d runs    first page p50, p95    middle p50, p95"
				+ "    near the end p50, p95    found%n", RUNS);
		for (Map.Entry<String, String> search : searches().entrySet()) {
			boolean within31Days = search.getKey().contains("label") || search.getKey().contains("text");
			int days = within31Days ? 30 : 360;
			String path = "/v1/admin/tasks?" + search.getValue();
			System.out.printf("%-55s %s %s %s %5d%n", search.getKey(), measure(path, RUNS),
					measure(path + after(days / 2), RUNS), measure(path + after(days), RUNS), found(path));
		}
		for (String path : new String[] { "/v1/admin/failures", "/v1/admin/run_times" }) {
			System.out.printf("%-55s %s%n", path + ", 7 days", measure(path, FEW));
			System.out.printf("%-55s %s%n", path + ", 31 days",
					measure(path + "?start_time=" + this.now.minus(Duration.ofDays(31)).getEpochSecond() + "&end_time="
							+ this.now.getEpochSecond(), FEW));
		}
	}

	Map<String, String> searches() throws Exception {
		String large = "team_" + this.bench.one("select id from team where name = 'Bench team 1'");
		String small = "team_" + this.bench.one("select id from team where name = 'Bench team 50'");
		String upstream = this.bench
			.one("select upstream_task_id from generation where state = 'SUCCEEDED' order by id offset 1000 limit 1");
		String request = this.bench.one("select upstream_request_id from generation"
				+ " where state = 'SUCCEEDED' and ended_at < now() - interval '1 hour' order by id desc limit 1");
		String take = this.bench.one("select substring(request ->> 'prompt' from 'take [0-9]+') from generation_content"
				+ " where request ->> 'prompt' like '%take%' order by generation_id desc offset 5000 limit 1");
		String day = "created_after=%d&created_before=%d".formatted(this.now.minus(Duration.ofDays(200)).getEpochSecond(),
				this.now.minus(Duration.ofDays(199)).getEpochSecond());
		Map<String, String> searches = new LinkedHashMap<>();
		searches.put("all", "limit=20");
		searches.put("100 of all, oldest first", "limit=100&order=asc");
		searches.put("largest team", "team=" + large);
		searches.put("smallest team", "team=" + small);
		searches.put("state SUCCEEDED", "state=SUCCEEDED");
		searches.put("state FAILED", "state=FAILED");
		searches.put("state CANCELLED", "state=CANCELLED");
		searches.put("state LOST, of which there are none", "state=LOST");
		searches.put("state QUEUED", "state=QUEUED");
		searches.put("status queued, oldest first", "status=queued&order=asc");
		searches.put("state QUEUED of a team", "state=QUEUED&team=" + large);
		searches.put("status failed", "status=failed");
		searches.put("team and state CANCELLED", "state=CANCELLED&team=" + large);
		searches.put("error code", "error_code=content_policy_violation");
		searches.put("error code, of which there are none", "error_code=input_unreachable");
		searches.put("error code and team", "error_code=content_policy_violation&team=" + small);
		searches.put("upstream's code", "upstream_code=DataInspectionFailed");
		searches.put("upstream's code, of which there are none", "upstream_code=Arrearage");
		searches.put("upstream's task id", "upstream_task_id=" + upstream);
		searches.put("a day, half a year ago", day);
		searches.put("a day, half a year ago, of a team", day + "&team=" + large);
		searches.put("mode and lane", "mode=r2v&lane=wan2.6-r2v-flash");
		searches.put("sandbox tasks, of which there are none", "livemode=false");
		searches.put("label of every third task", "label:stage=draft");
		searches.put("label of a small project", "label:project=project-40-1");
		searches.put("label and team", "label:stage=final&team=" + small);
		searches.put("two labels that never meet", "label:project=project-0-1&label:stage=none");
		searches.put("label, of which there are none", "label:project=none");
		searches.put("text: a word of every fourth prompt", "q=sunset");
		searches.put("text: three words", "q=enters+the+station");
		searches.put("text: one prompt", "q=" + take.replace(' ', '+'));
		searches.put("text: common words that never meet", "q=sunset+drone");
		searches.put("text: no such word", "q=zebra");
		searches.put("text in Chinese", "q=%E7%BA%A2%E8%A3%99%E7%9A%84%E5%A5%B3%E5%AD%A9%E5%9C%A8%E9%9B%A8%E4%B8%AD");
		searches.put("text of a team", "q=sunset&team=" + small);
		searches.put("text, state QUEUED", "q=sunset&state=QUEUED");
		searches.put("label and state QUEUED", "label:stage=draft&state=QUEUED");
		searches.put("upstream's request id", "upstream_request_id=" + request);
		return searches;
	}

	/** Return the parameter for the page behind what was made so many days ago. */
	private String after(int days) {
		long millis = this.now.minus(Duration.ofDays(days)).toEpochMilli();
		return "&after=video_" + Ulid.from(new UUID(millis << 16, 0));
	}

	private String measure(String path, int runs) throws Exception {
		long[] micros = new long[runs];
		for (int i = -2; i < runs; i++) {
			micros[Math.max(0, i)] = this.bench.get(path);
		}
		Arrays.sort(micros);
		return "%7.1f %7.1f".formatted(micros[runs / 2] / 1e3, micros[runs * 95 / 100] / 1e3);
	}

	private int found(String path) throws Exception {
		return this.bench.text(path).split("\"object\":\"admin.task\"", -1).length - 1;
	}

}
