import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Measures reports that nobody thought of: whatever can be asked for, drawn by lot. The
 * same seed draws the same reports.
 */
class AnyReport {

	static final int REPORTS = Integer.parseInt(System.getenv().getOrDefault("BENCH_ANY", "400"));

	static final int RUNS = 7;

	static final int BAR = 50_000;

	final UsageAtSize bench;

	final Random random = new Random(Long.parseLong(System.getenv().getOrDefault("BENCH_SEED", "20261127")));

	final Instant now = Instant.now();

	final List<String> teams;

	final List<String> keys;

	final List<String> projects;

	AnyReport(UsageAtSize bench) throws Exception {
		this.bench = bench;
		this.teams = all("select 'team_' || id from team where name like 'Bench team%' order by id");
		this.keys = all("select 'key_' || id from api_key where livemode order by id");
		this.projects = all("select distinct labels ->> 'project' from label_set where labels ? 'project' order by 1");
	}

	List<String> all(String query) throws Exception {
		return List.of(this.bench.one("select string_agg(v, ',') from (" + query + ") x (v)").split(","));
	}

	record Measured(String path, long first, long[] micros) {

		long median() {
			return this.micros[RUNS / 2];
		}

	}

	void run() throws Exception {
		List<Measured> all = new ArrayList<>();
		for (int i = 0; i < REPORTS; i++) {
			String path = "/v1/admin/usage?" + any();
			long first = this.bench.get(path);
			long[] micros = new long[RUNS];
			for (int run = 0; run < RUNS; run++) {
				micros[run] = this.bench.get(path);
			}
			Arrays.sort(micros);
			all.add(new Measured(path, first, micros));
		}
		all.sort(Comparator.comparingLong(Measured::median).reversed());
		long[] runs = all.stream().flatMapToLong((report) -> Arrays.stream(report.micros())).sorted().toArray();
		System.out.printf("%nany report: %d drawn by lot, %d runs of each: p50 %.1f ms, p95 %.1f, p99 %.1f, slowest %.1f%n",
				REPORTS, RUNS, runs[runs.length / 2] / 1e3, runs[runs.length * 95 / 100] / 1e3,
				runs[runs.length * 99 / 100] / 1e3, runs[runs.length - 1] / 1e3);
		System.out.printf("over 50 ms at their median: %d; over 500 ms the first time: %d%n",
				all.stream().filter((report) -> report.median() > BAR).count(),
				all.stream().filter((report) -> report.first() > 10 * BAR).count());
		all.stream()
			.limit(Integer.getInteger("any.shown", 15))
			.forEach((report) -> System.out.printf("%8.1f, first %8.1f  %s%n", report.median() / 1e3,
					report.first() / 1e3, report.path()));
	}

	/** Return any report: by labels of 30 days, which are 31 at most, else of a year. */
	String any() {
		List<String> groups = some(2, "team", "api_key", "model", "mode", "resolution", "audio", "label:project");
		List<String> filters = some(8, "team=" + of(this.teams), "api_key=" + of(this.keys), "model=wan2.6-flash",
				"mode=" + of(List.of("i2v", "r2v")), "resolution=" + of(List.of("720p", "1080p")),
				"audio=" + of(List.of("true", "false")), "label:project=" + of(this.projects));
		Collections.shuffle(groups, this.random);
		boolean labels = Stream.concat(groups.stream(), filters.stream()).anyMatch((part) -> part.contains("label:"));
		String width = of(List.of("", "", "1h", "1d", "1mo"));
		List<String> parts = new ArrayList<>(filters);
		parts.addFirst(time(labels ? 30 : width.equals("1h") ? 41 : 365));
		if (!width.isEmpty()) {
			parts.add("bucket_width=" + width);
		}
		if (!groups.isEmpty()) {
			parts.add("group_by=" + String.join(",", groups));
		}
		if (this.random.nextBoolean()) {
			parts.add("tz=" + of(List.of("UTC", "America/New_York", "Asia/Kathmandu", "America/St_Johns", "Europe/London")));
		}
		return String.join("&", parts);
	}

	String time(int days) {
		if (this.random.nextInt(3) == 0) {
			return "month=" + YearMonth.now(UsageAtSize.BOOKS).minusMonths(this.random.nextInt(11));
		}
		long length = (this.random.nextInt(4) == 0) ? 86_400L * days : 3600 + this.random.nextInt(86_400 * days - 3600);
		long end = this.now.getEpochSecond() - (this.random.nextInt(3) == 0 ? 0 : this.random.nextInt(86_400 * 300));
		long unit = of(List.of(1L, 900L, 86_400L));
		long start = end / unit * unit - Math.max(1, length / unit) * unit;
		return "start_time=%d&end_time=%d".formatted(start, end / unit * unit);
	}

	List<String> some(int oneOf, String... values) {
		return Stream.of(values).filter((_) -> this.random.nextInt(oneOf) == 0).collect(Collectors.toList());
	}

	<T> T of(List<T> values) {
		return values.get(this.random.nextInt(values.size()));
	}

}
