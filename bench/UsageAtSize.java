import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Measures the gateway's reports over a year of tasks: warm, just after a restart, and as
 * CSV; and what a task takes on disk.
 */
class UsageAtSize {

	static final String ADMIN = "admin-key-of-the-bench-0123456789";

	static final int RUNS = Integer.parseInt(System.getenv().getOrDefault("BENCH_RUNS", "60"));

	static final int WARM_UP = 15;

	static final ZoneId BOOKS = ZoneId.of("Asia/Shanghai");

	final HttpClient http = HttpClient.newHttpClient();

	final String java;

	final String classpath;

	final int tasks;

	final Path folder;

	final int port = freePort();

	Process gateway;

	UsageAtSize(String java, String classpath, int tasks) throws IOException {
		this.java = java;
		this.classpath = classpath;
		this.tasks = tasks;
		this.folder = Files.createDirectories(Path.of("bench/data/usage-" + tasks));
	}

	static void main(String[] args) throws Exception {
		UsageAtSize bench = new UsageAtSize(args[0], args[1], Integer.parseInt(args[2]));
		try {
			bench.run();
		}
		finally {
			bench.stop();
		}
	}

	void run() throws Exception {
		System.out.printf("machine: %d cores, load %s%n", Runtime.getRuntime().availableProcessors(),
				Files.readString(Path.of("/proc/loadavg")).strip());
		start();
		fill();
		if (System.getenv("BENCH_FILL_ONLY") != null) {
			return;
		}
		awaitSums();
		Map<String, String> reports = reports();
		if (wanted("reports")) {
			reports(reports);
		}
		if (wanted("any")) {
			new AnyReport(this).run();
		}
		if (wanted("searches")) {
			new SearchAtSize(this).run();
		}
		if (wanted("check")) {
			YearMonth month = YearMonth.now(BOOKS).minusMonths(1);
			long began = System.nanoTime();
			String answer = text("/v1/admin/periods/%s/check".formatted(month));
			System.out.printf("%ncheck of %s, %.1f s: %s%n", month, (System.nanoTime() - began) / 1e9, answer);
		}
		if (wanted("csv")) {
			csv();
		}
		if (wanted("sizes")) {
			sizes();
		}
		if (wanted("restart")) {
			restart(reports);
		}
		if (wanted("accepting")) {
			new AcceptBesideReports(this).run(List.copyOf(reports.values()));
			System.out.printf("a report then, with %s tasks waiting%n",
					one("select count(*) from generation where state = 'QUEUED'"));
			for (String name : List.of("this month by day and team", "this month")) {
				report(name, reports.get(name), first(reports.get(name)));
			}
		}
		if (wanted("plans")) {
			plans();
		}
		if (System.getenv("BENCH_CHURN_SECONDS") != null) {
			stop();
			start(ChurnAtSize.SETTINGS);
			new ChurnAtSize(this).run(40, Integer.parseInt(System.getenv("BENCH_CHURN_SECONDS")));
		}
		System.out.printf("%nheap at most 256 MB, resident at most: %s%n", resident("VmHWM"));
	}

	static boolean wanted(String part) {
		String parts = System.getenv("BENCH_PARTS");
		return parts == null || List.of(parts.split(",")).contains(part);
	}

	/**
	 * Measure each kind of report when all of them have been made often enough for the
	 * virtual machine to have compiled most of what they need.
	 */
	void reports(Map<String, String> reports) throws Exception {
		System.out.printf("%nreport, milliseconds over HTTP, %d runs        p50     p95     max   first five, at most%n",
				RUNS);
		Map<String, Long> first = new HashMap<>();
		for (Map.Entry<String, String> report : reports.entrySet()) {
			first.put(report.getKey(), first(report.getValue()));
		}
		for (int i = 0; i < WARM_UP; i++) {
			for (String path : reports.values()) {
				get(path);
			}
		}
		for (Map.Entry<String, String> report : reports.entrySet()) {
			report(report.getKey(), report.getValue(), first.get(report.getKey()));
		}
	}

	/** The first ones are planned for their values, and later ones for any. */
	long first(String path) throws Exception {
		long first = 0;
		for (int i = 0; i < 5; i++) {
			first = Math.max(first, get(path));
		}
		return first;
	}

	void report(String name, String path, long first) throws Exception {
		long[] micros = measure(path);
		System.out.printf("%-50s %7.1f %7.1f %7.1f %7.1f%n", name, micros[RUNS / 2] / 1e3,
				micros[RUNS * 95 / 100] / 1e3, micros[RUNS - 1] / 1e3, first / 1e3);
	}

	void restart(Map<String, String> reports) throws Exception {
		stop();
		start();
		for (int i = 0; i < 30; i++) {
			get("/v1/admin/usage?month=2024-01&bucket_width=1d&group_by=team,mode");
		}
		System.out.printf("%nfirst time after a restart of PostgreSQL and gateway, milliseconds%n");
		for (Map.Entry<String, String> report : reports.entrySet()) {
			System.out.printf("%-50s %7.1f%n", report.getKey(), get(report.getValue()) / 1e3);
		}
	}

	Map<String, String> reports() throws Exception {
		YearMonth now = YearMonth.now(BOOKS);
		long yearEnd = now.atDay(1).atStartOfDay(BOOKS).toEpochSecond();
		long yearStart = now.minusMonths(11).atDay(1).atStartOfDay(BOOKS).toEpochSecond();
		String year = "start_time=%d&end_time=%d".formatted(yearStart, yearEnd);
		String month = "month=" + now.minusMonths(1);
		String team = "team=team_" + one("select min(id) from team where name like 'Bench team%'");
		Map<String, String> reports = new LinkedHashMap<>();
		reports.put("this month", "month=" + now);
		reports.put("this month by team", "month=%s&group_by=team".formatted(now));
		reports.put("this month by day and team", "month=%s&bucket_width=1d&group_by=team".formatted(now));
		reports.put("month by key, mode, resolution, audio", month + "&group_by=api_key,mode,resolution,audio");
		reports.put("month by hour", month + "&bucket_width=1h");
		reports.put("month by hour and team, first page", month + "&bucket_width=1h&group_by=team");
		reports.put("month by day and all, first page",
				month + "&bucket_width=1d&group_by=team,api_key,model,mode,resolution,audio");
		reports.put("month of one team by hour", month + "&bucket_width=1h&" + team);
		reports.put("month of one team by hour and mode", month + "&bucket_width=1h&group_by=mode&" + team);
		reports.put("month of one team by day and key", month + "&bucket_width=1d&group_by=api_key&" + team);
		reports.put("year", year);
		reports.put("year by month and team", year + "&bucket_width=1mo&group_by=team");
		reports.put("year by month and all, first page",
				year + "&bucket_width=1mo&group_by=team,api_key,model,mode,resolution,audio");
		reports.put("year by day", year + "&bucket_width=1d");
		reports.put("year by day and mode", year + "&bucket_width=1d&group_by=mode");
		reports.put("year of one team by day", year + "&bucket_width=1d&" + team);
		reports.put("year by day in UTC", year + "&bucket_width=1d&tz=UTC");
		reports.put("year by day in Kathmandu", year + "&bucket_width=1d&tz=Asia/Kathmandu");
		reports.put("year by month and team in New York", year + "&bucket_width=1mo&group_by=team&tz=America/New_York");
		reports.put("odd range by key", "start_time=%d&end_time=%d&group_by=api_key".formatted(yearStart + 12345,
				yearEnd - 54321));
		reports.put("month by label", month + "&group_by=label:project");
		reports.put("this month by label", "month=%s&group_by=label:project".formatted(now));
		reports.put("month by label and mode", month + "&group_by=label:project,mode");
		reports.put("month by label and key", month + "&group_by=label:project,api_key");
		reports.put("this month by label and key", "month=%s&group_by=label:project,api_key".formatted(now));
		reports.put("this month by label, key and mode",
				"month=%s&group_by=label:project,api_key,mode".formatted(now));
		reports.put("month by label and mode in New York", month + "&group_by=label:project,mode&tz=America/New_York");
		reports.put("month by label, key and mode", month + "&group_by=label:project,api_key,mode");
		reports.put("month by label, key and mode in New York",
				month + "&group_by=label:project,api_key,mode&tz=America/New_York");
		reports.put("30 days by label, key and mode", "start_time=%d&end_time=%d&group_by=label:project,api_key,mode"
			.formatted(yearEnd - 45 * 86_400 - 12_345, yearEnd - 15 * 86_400 - 12_345));
		reports.put("30 days by label and everything else", "start_time=%d&end_time=%d&group_by=%s".formatted(
				yearEnd - 45 * 86_400 - 12_345, yearEnd - 15 * 86_400 - 12_345,
				"label:project,api_key,model,mode,resolution,audio"));
		reports.put("month of one label by hour", month + "&bucket_width=1h&label:project=project-0-1");
		reports.put("month of one key by hour in Kathmandu",
				month + "&bucket_width=1h&group_by=mode&tz=Asia/Kathmandu&api_key=key_"
						+ one("select min(id) from api_key where livemode"));
		reports.put("month of one label by day", month + "&bucket_width=1d&label:project=project-0-1");
		reports.put("month of one mode by day", month + "&bucket_width=1d&mode=i2v");
		reports.put("month of one team and mode by hour", month + "&bucket_width=1h&mode=i2v&" + team);
		reports.put("year by month and all in New York, first page", year
				+ "&bucket_width=1mo&group_by=team,api_key,model,mode,resolution,audio&tz=America/New_York");
		reports.put("month by hour and mode in Kathmandu", month + "&bucket_width=1h&group_by=mode&tz=Asia/Kathmandu");
		reports.put("month by team and label", month + "&group_by=team,label:project");
		reports.put("month of one team by label", month + "&group_by=label:project&" + team);
		reports.replaceAll((_, query) -> "/v1/admin/usage?" + query);
		return reports;
	}

	long[] measure(String path) throws Exception {
		for (int i = 0; i < 5; i++) {
			get(path);
		}
		long[] micros = new long[RUNS];
		for (int i = 0; i < RUNS; i++) {
			micros[i] = get(path);
		}
		Arrays.sort(micros);
		return micros;
	}

	void csv() throws Exception {
		String path = reports().get("year by month and all, first page").replace("1mo", "1d") + "&format=csv";
		long began = System.nanoTime();
		HttpResponse<InputStream> answer = this.http.send(request(path), HttpResponse.BodyHandlers.ofInputStream());
		long rows = 0;
		byte[] buffer = new byte[1 << 16];
		try (InputStream body = answer.body()) {
			for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
				for (int i = 0; i < read; i++) {
					rows += (buffer[i] == '\n') ? 1 : 0;
				}
			}
		}
		double seconds = (System.nanoTime() - began) / 1e9;
		System.out.printf("%nCSV: %d rows in %.1f s, %.0f rows/s, heap at most 256 MB, %s resident%n", rows, seconds,
				rows / seconds, resident("VmRSS"));
	}

	String resident(String what) throws IOException {
		return Files.readAllLines(Path.of("/proc/%d/status".formatted(this.gateway.pid())))
			.stream()
			.filter((line) -> line.startsWith(what))
			.map((line) -> line.replaceAll("\\s+", " "))
			.findFirst()
			.orElse("?");
	}

	void sizes() throws Exception {
		System.out.printf("%nbytes per task%n");
		print("""
				select c.relname || case c.relkind when 'i' then ' (index)' when 't' then ' (long values)' else '' end,
				       to_char((pg_relation_size(c.oid) + case when c.relkind = 'r' then
				           coalesce(pg_total_relation_size(nullif(c.reltoastrelid, 0)), 0) else 0 end)::numeric
				           / (select count(*) from generation), '99990.0')
				       || coalesce('   scans ' || (select idx_scan from pg_stat_user_indexes s where s.indexrelid = c.oid), '')
				  from pg_class c
				 where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'i')
				   and pg_relation_size(c.oid) > (1 << 16)
				 order by pg_relation_size(c.oid) desc""");
		print("select level::text, count(*)::text from usage_sum group by level order by level");
		print("""
				select 'all of it, bytes per task',
				       (pg_database_size(current_database()) / (select count(*) from generation))::text""");
		print("select 'whole database, MB', (pg_database_size(current_database()) >> 20)::text");
	}

	void plans() throws Exception {
		System.out.printf("%nplans%n");
		explain("""
				select u.team_id, sum(u.charged)
				  from known_team t
				  join usage_sum u on u.level = 'day' and u.livemode and u.team_id = t.id
				   and u.at >= now() - interval '60 days' and u.at < now() - interval '30 days'
				 group by u.team_id""");
		explain("""
				select x.team_id, sum(x.charged)
				  from known_team t
				  join usage_fact x on x.team_id = t.id and x.livemode and x.at >= now() - interval '1 hour'
				   and x.at < now()
				 group by x.team_id""");
	}

	void explain(String sql) throws Exception {
		try (Connection connection = connect(); Statement statement = connection.createStatement()) {
			System.out.println(sql.indent(2));
			try (ResultSet plan = statement.executeQuery("explain (analyze, buffers, costs off) " + sql)) {
				while (plan.next()) {
					System.out.println("    " + plan.getString(1));
				}
			}
		}
	}

	void fill() throws Exception {
		if (!one("select count(*) from (select from generation limit 1) g").equals("0")) {
			System.out.println("filled already");
			return;
		}
		new FillTasks().fill(url(), this.tasks);
	}

	void awaitSums() throws Exception {
		long began = System.nanoTime();
		Instant deadline = Instant.now().plus(Duration.ofHours(2));
		while (one("""
				select least(s.sums_until, t.until) > now() - interval '90 minutes' and d.until >= (now() at time zone b.zone)::date
				  from usage_summed s, text_indexed t, day_times_kept d, books b""").equals("f")) {
			if (Instant.now().isAfter(deadline)) {
				throw new IllegalStateException("The sums or the texts do not catch up");
			}
			// It comes every ten minutes only.
			one("""
					with soon as (
					    update scheduled_tasks set execution_time = now()
					     where task_name = 'keep-day-times' and not picked and execution_time > now() + interval '1 minute'
					    returning 1)
					select count(*) from soon""");
			TimeUnit.SECONDS.sleep(1);
		}
		try (Connection connection = connect(); Statement statement = connection.createStatement()) {
			statement.execute("vacuum analyze usage_sum, text_block, day_times");
		}
		System.out.printf("sums and texts caught up %.0f s after the filling%n", (System.nanoTime() - began) / 1e9);
	}

	void start() throws Exception {
		start(List.of("--gateway.dashscope.max-in-flight=0", "--gateway.dashscope.api-key=sk-nobody",
				"--gateway.dashscope.base-url=http://127.0.0.1:9/api/v1"));
	}

	void start(List<String> settings) throws Exception {
		List<String> command = new ArrayList<>(List.of(this.java, "-Xmx256m", "-XX:+UseSerialGC", "-cp",
				this.classpath, "io.wangateway.GatewayApplication",
				"--server.port=" + this.port, "--management.server.port=" + freePort(),
				"--gateway.sandbox.port=" + freePort(), "--gateway.data-dir=" + this.folder, "--gateway.admin-key=" + ADMIN,
				"--gateway.erasure.after=0"));
		command.addAll(settings);
		ProcessBuilder builder = new ProcessBuilder(command);
		builder.redirectErrorStream(true).redirectOutput(log().toFile());
		this.gateway = builder.start();
		for (int i = 0; i < 14_400 && this.gateway.isAlive(); i++) {
			TimeUnit.MILLISECONDS.sleep(250);
			try {
				if (this.http.send(request("/readyz"), HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
					return;
				}
			}
			catch (IOException _) {
				// It does not listen yet.
			}
		}
		throw new IllegalStateException("The gateway does not start; see " + log());
	}

	void stop() throws InterruptedException {
		if (this.gateway != null) {
			this.gateway.destroy();
			this.gateway.waitFor();
		}
	}

	Path log() {
		return this.folder.resolve("gateway.log");
	}

	/** Return how many microseconds a report took. */
	long get(String path) throws Exception {
		long began = System.nanoTime();
		text(path);
		return (System.nanoTime() - began) / 1000;
	}

	String text(String path) throws Exception {
		HttpResponse<String> answer = this.http.send(request(path), HttpResponse.BodyHandlers.ofString());
		if (answer.statusCode() != 200) {
			throw new IllegalStateException(path + ": " + answer.body());
		}
		return answer.body();
	}

	HttpRequest request(String path) {
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path))
			.header("Authorization", "Bearer " + ADMIN)
			.build();
	}

	String url() throws IOException {
		String url = System.getenv("SPRING_DATASOURCE_URL");
		if (url != null) {
			return url + (url.contains("?") ? "&" : "?") + "user=" + System.getenv("SPRING_DATASOURCE_USERNAME")
					+ "&password=" + System.getenv("SPRING_DATASOURCE_PASSWORD");
		}
		Matcher started = Pattern.compile("embedded PostgreSQL listens on port (\\d+)").matcher(Files.readString(log()));
		if (!started.find()) {
			throw new IllegalStateException("No database; see " + log());
		}
		try (Stream<Path> files = Files.walk(this.folder, 3)) {
			Path password = files.filter((file) -> file.endsWith("password")).findFirst().orElseThrow();
			return "jdbc:postgresql://127.0.0.1:%s/postgres?user=postgres&password=%s".formatted(started.group(1),
					Files.readString(password));
		}
	}

	Connection connect() throws Exception {
		return DriverManager.getConnection(url());
	}

	String one(String sql) throws Exception {
		try (Connection connection = connect();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(sql)) {
			row.next();
			return row.getString(1);
		}
	}

	void print(String sql) throws Exception {
		try (Connection connection = connect();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(sql)) {
			while (row.next()) {
				System.out.printf("%-40s %s%n", row.getString(1), row.getString(2));
			}
		}
	}

	static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

}
