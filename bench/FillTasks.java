import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;

import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Fills a migrated database with settled tasks and their entries in the books, by COPY:
 * 12 months that end now, 50 teams of very different size with three keys each, busy
 * office hours and quiet nights. The same seed gives the same tasks. Needs a superuser,
 * because it leaves out the triggers, and with them the checks of foreign keys.
 *
 * <pre>
 * java -cp postgresql.jar bench/FillTasks.java jdbc:postgresql://localhost/gateway?user=postgres 10000000
 * </pre>
 */
class FillTasks {

	static final int TEAMS = 50;

	static final int KEYS = 3;

	static final int HOURS = 365 * 24;

	static final ZoneId BOOKS = ZoneId.of("Asia/Shanghai");

	final Random random = new Random(20261122);

	final Instant end = Instant.now().truncatedTo(ChronoUnit.HOURS);

	final Instant start = this.end.minus(HOURS, ChronoUnit.HOURS);

	final List<Integer> teams = new ArrayList<>();

	final List<Integer> keys = new ArrayList<>();

	final List<Product> products = new ArrayList<>();

	record Product(int price, String mode, String resolution, boolean audio, BigDecimal perSecond, int weight) {
	}

	static void main(String[] args) throws SQLException {
		new FillTasks().fill(args[0], Integer.parseInt(args[1]));
	}

	void fill(String url, int tasks) throws SQLException {
		long began = System.nanoTime();
		try (Connection connection = connect(url);
				Connection forTasks = connect(url);
				Connection forContents = connect(url);
				Connection forEntries = connect(url);
				Connection forSteps = connect(url);
				Connection forAttempts = connect(url);
				Connection forVideos = connect(url);
				Statement sql = connection.createStatement()) {
			prepare(sql);
			hurry(sql);
			Table generation = new Table(forTasks,
					"generation (id, team_id, key_id, livemode, model, mode, lane, resolution, seconds, audio, price_id,"
							+ " unit_price, estimated_cost, maximum_cost, created_at, state, progress, polls,"
							+ " submitted_at, started_at, ended_at, upstream_task_id, upstream_ended_at,"
							+ " upstream_request_id, upstream_code, video_url, error_code, error_message, charged,"
							+ " billed_seconds, explanation, video_size, video_sha256)");
			Table content = new Table(forContents, "generation_content (generation_id, request, labels, trace_id)");
			Table entry = new Table(forEntries,
					"ledger_entry (generation_id, team_id, livemode, kind, amount, month, posted_at)");
			Table step = new Table(forSteps,
					"generation_step (generation_id, from_state, to_state, at, cause, http_status, upstream_request_id,"
							+ " replica)");
			Table attempt = new Table(forAttempts, "attempt (generation_id, lane, replica, claimed_at, gave_up_at, outcome,"
					+ " http_status, upstream_request_id, upstream_task_id)");
			Table video = new Table(forVideos, "archived_video (generation_id, team_id, state, ended_at, gone_at, removed)");
			Tables tables = new Tables(generation, content, entry, step, attempt, video);
			int[] perHour = spread(tasks);
			for (int hour = 0; hour < HOURS; hour++) {
				long[] millis = this.random.longs(perHour[hour], 0, 3_600_000).sorted().toArray();
				for (long offset : millis) {
					task(this.start.plus(hour, ChronoUnit.HOURS).plusMillis(offset), tables);
				}
				if (hour % 730 == 729) {
					System.out.printf("%3d %% after %d s%n", (hour + 1) * 100 / HOURS,
							(System.nanoTime() - began) / 1_000_000_000);
				}
			}
			for (Table table : List.of(generation, content, entry, step, attempt, video)) {
				table.end();
			}
			System.out.printf("copied after %d s%n", (System.nanoTime() - began) / 1_000_000_000);
			settleDown(sql);
			System.out.printf("indexed after %d s%n", (System.nanoTime() - began) / 1_000_000_000);
			sum(sql);
		}
		System.out.printf("%d tasks in %d s%n", tasks, (System.nanoTime() - began) / 1_000_000_000);
	}

	static Connection connect(String url) throws SQLException {
		Connection connection = DriverManager.getConnection(url);
		try (Statement sql = connection.createStatement()) {
			sql.execute("set session_replication_role = replica");
		}
		return connection;
	}

	/**
	 * Upstream's ids come in no order: their index is made at the end. What is filled is
	 * not written twice; should the server crash, it is filled anew.
	 */
	static void hurry(Statement sql) throws SQLException {
		sql.execute("drop index generation_upstream_task_id");
		sql.execute("alter system set full_page_writes = off");
		sql.execute("alter system set max_wal_size = '8GB'");
		sql.execute("select pg_reload_conf()");
	}

	static void settleDown(Statement sql) throws SQLException {
		sql.execute("set maintenance_work_mem = '256MB'");
		sql.execute("create unique index generation_upstream_task_id on generation (upstream_task_id)"
				+ " where upstream_task_id is not null");
		sql.execute("alter system reset full_page_writes");
		sql.execute("alter system reset max_wal_size");
		sql.execute("select pg_reload_conf()");
		sql.execute("checkpoint");
	}

	void prepare(Statement sql) throws SQLException {
		for (String mode : List.of("i2v", "r2v")) {
			sql.execute("""
					insert into lane (name, upstream_model, livemode)
					select 'wan2.6-%1$s-flash', 'wan2.6-%1$s-flash', true
					 where not exists (select from lane where upstream_model = 'wan2.6-%1$s-flash' and livemode)"""
				.formatted(mode));
		}
		for (int team = 1; team <= TEAMS; team++) {
			this.teams.add(id(sql, """
					insert into team (name, cost_center, created_at) values ('Bench team %1$d', 'CC-%1$d', now())
					returning id""".formatted(team)));
			for (int key = 1; key <= KEYS; key++) {
				this.keys.add(id(sql, """
						insert into api_key (team_id, name, livemode, hash, redacted, created_at)
						values (%d, 'key %d', true, sha256('bench %d %d'), 'sk-live-…abcd', now()) returning id"""
					.formatted(this.teams.getLast(), key, team, key)));
			}
		}
		try (ResultSet prices = sql.executeQuery("""
				select id, mode, resolution, audio, unit_price,
				       case mode when 'i2v' then 4 else 1 end * case resolution when '1080p' then 3 else 1 end
				           * case when audio then 3 else 1 end as weight
				  from price where model = 'wan2.6-flash' and unit_price is not null order by id""")) {
			while (prices.next()) {
				this.products.add(new Product(prices.getInt(1), prices.getString(2), prices.getString(3),
						prices.getBoolean(4), prices.getBigDecimal(5), prices.getInt(6)));
			}
		}
	}

	static int id(Statement sql, String insert) throws SQLException {
		try (ResultSet id = sql.executeQuery(insert)) {
			id.next();
			return id.getInt(1);
		}
	}

	/** Return how many tasks each hour gets: most in office hours, few at week-ends. */
	int[] spread(int tasks) {
		double[] weight = new double[HOURS];
		for (int hour = 0; hour < HOURS; hour++) {
			ZonedDateTime local = this.start.plus(hour, ChronoUnit.HOURS).atZone(BOOKS);
			boolean weekend = local.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) >= 0;
			boolean office = local.getHour() >= 9 && local.getHour() < 21;
			weight[hour] = (office ? 1.0 : 0.25) * (weekend ? 0.35 : 1.0);
		}
		double all = Arrays.stream(weight).sum();
		int[] spread = new int[HOURS];
		double owed = 0;
		for (int hour = 0; hour < HOURS; hour++) {
			owed += tasks * weight[hour] / all;
			spread[hour] = (int) owed;
			owed -= spread[hour];
		}
		spread[HOURS - 1] += tasks - Arrays.stream(spread).sum();
		return spread;
	}

	void task(Instant created, Tables tables) throws SQLException {
		// The product of two evenly spread numbers prefers small ones: a few teams are large.
		int team = (int) (TEAMS * this.random.nextDouble() * this.random.nextDouble());
		int key = (int) (KEYS * this.random.nextDouble() * this.random.nextDouble());
		Product product = product();
		int seconds = switch (this.random.nextInt(10)) {
			case 0 -> product.mode.equals("i2v") ? 15 : 10;
			case 1, 2 -> 10;
			default -> 5;
		};
		int chance = this.random.nextInt(1000);
		String state = (chance < 940) ? "SUCCEEDED" : (chance < 985) ? "FAILED" : "CANCELLED";
		boolean success = state.equals("SUCCEEDED");
		Instant submitted = created.plusMillis(200 + this.random.nextInt(30_000));
		Instant started = submitted.plusMillis(5_000);
		Instant ended = started.plusMillis(30_000L + this.random.nextInt(120_000));
		int input = product.mode.equals("r2v") ? 5 : 0;
		int billed = seconds + (input == 0 ? 0 : this.random.nextInt(input + 1));
		BigDecimal maximum = product.perSecond.multiply(BigDecimal.valueOf(seconds + input));
		BigDecimal charged = success ? product.perSecond.multiply(BigDecimal.valueOf(billed)) : BigDecimal.ZERO;
		UUID id = new UUID(created.toEpochMilli() << 16 | this.random.nextInt(1 << 16), this.random.nextLong());
		UUID upstream = new UUID(this.random.nextLong(), this.random.nextLong());
		UUID request = new UUID(this.random.nextLong(), this.random.nextLong());
		String none = "\\N";
		boolean erased = created.isBefore(this.end.minus(90, ChronoUnit.DAYS));
		String sha256 = "\\\\x%016x%016x%016x%016x".formatted(this.random.nextLong(), this.random.nextLong(),
				this.random.nextLong(), this.random.nextLong());
		tables.generation.row(id, this.teams.get(team), this.keys.get(team * KEYS + key), 't', "wan2.6-flash", product.mode,
				"wan2.6-" + product.mode + "-flash", product.resolution, seconds, product.audio, product.price,
				product.perSecond, product.perSecond.multiply(BigDecimal.valueOf(seconds)), maximum, created, state,
				success ? 100 : 30, 6, submitted, started, ended, upstream, ended.minusMillis(2_000), request,
				state.equals("FAILED") ? "DataInspectionFailed" : none,
				success ? erased ? "" : "https://dashscope-result-sh.oss-cn-shanghai.aliyuncs.com/1d/" + upstream
						+ ".mp4?Expires=1768466624&OSSAccessKeyId=LTAI5tQZd8AEcZX6KZV4G8qL&Signature=q8Xo3wQ" : none,
				success ? none : state.equals("FAILED") ? "content_policy_violation" : "request_cancelled",
				success ? none : "Upstream refused what it was shown", charged, success ? billed : none,
				success ? billed + " s × ¥" + product.perSecond + " (" + product.resolution + ", "
						+ (product.audio ? "with sound" : "silent") + ", " + product.mode + ") = ¥" + charged
						: "¥0.00: the task brought no video",
				success ? 4_000_000 + this.random.nextInt(20_000_000) : none, success ? sha256 : none);
		tables.content.row(id, erased ? none : request(product, seconds, upstream),
				(this.random.nextInt(10) < 7) ? "{\"project\": \"project-" + team + "-" + this.random.nextInt(6)
						+ "\", \"stage\": \"" + (this.random.nextBoolean() ? "draft" : "final") + "\"}" : none,
				none);
		String month = created.atZone(BOOKS).toLocalDate().withDayOfMonth(1).toString();
		String endMonth = ended.atZone(BOOKS).toLocalDate().withDayOfMonth(1).toString();
		tables.entry.row(id, this.teams.get(team), 't', "hold", maximum, month, created);
		if (charged.signum() > 0) {
			tables.entry.row(id, this.teams.get(team), 't', "charge", charged, endMonth, ended);
		}
		if (charged.compareTo(maximum) < 0) {
			tables.entry.row(id, this.teams.get(team), 't', "release", maximum.subtract(charged), endMonth, ended);
		}
		if (created.isAfter(this.end.minus(30, ChronoUnit.DAYS))) {
			tables.step.row(id, "QUEUED", "SUBMITTING", submitted.minusMillis(150), "slot free", none, none, "bench");
			tables.step.row(id, "SUBMITTING", "SUBMITTED", submitted, "accepted upstream", 200, new UUID(request.getMostSignificantBits(), 0), "bench");
			tables.step.row(id, "SUBMITTED", "RUNNING", started, "running upstream", 200, new UUID(request.getMostSignificantBits(), 1), "bench");
			tables.step.row(id, "RUNNING", state, ended, "ended upstream", 200, request, "bench");
			tables.attempt.row(id, "wan2.6-" + product.mode + "-flash", "bench", submitted.minusMillis(150), submitted,
					"accepted", 200, request, upstream);
		}
		if (success) {
			boolean kept = created.isAfter(this.end.minus(89, ChronoUnit.DAYS));
			tables.video.row(id, this.teams.get(team), kept ? "KEPT" : "EXPIRED", ended,
					kept ? none : ended.plus(90, ChronoUnit.DAYS), kept ? "f" : "t");
		}
	}

	/** What was asked for: words that many tasks have, and a number that hardly another has. */
	String request(Product product, int seconds, UUID picture) {
		String prompt = (this.random.nextInt(5) == 0)
				? one("一只猫", "一位穿红裙的女孩", "无人机", "老火车", "灯笼") + one("沿着墙走", "在雨中跳舞", "飞过山谷", "驶入车站")
						+ one("，夕阳，暖光", "，清晨的雾", "，电影感镜头") + "，第" + this.random.nextInt(1_000_000) + "条"
				: one("A cat", "A girl in a red dress", "A drone", "An old steam train", "A paper lantern", "A chef")
						+ one(" walks along a wall", " dances in the rain", " crosses a valley", " enters the station",
								" turns towards the camera")
						+ one(" at sunset", " in morning fog", " under neon light", " on a snowy day")
						+ one(", camera follows, warm light", ", slow dolly in", ", hand-held, documentary style")
						+ ", take " + this.random.nextInt(1_000_000);
		return "{\"model\": \"wan2.6-flash\", \"prompt\": \"" + prompt + "\", \"image_urls\": [\"https://assets.example/"
				+ picture + ".png\"], \"resolution\": \"" + product.resolution + "\", \"duration\": " + seconds + "}";
	}

	private String one(String... words) {
		return words[this.random.nextInt(words.length)];
	}

	Product product() {
		int chance = this.random.nextInt(this.products.stream().mapToInt(Product::weight).sum());
		for (Product product : this.products) {
			chance -= product.weight;
			if (chance < 0) {
				return product;
			}
		}
		throw new IllegalStateException("There are no prices");
	}

	static void sum(Statement sql) throws SQLException {
		sql.execute("""
				insert into account (team_id, livemode, held)
				select distinct team_id, true, 0 from api_key where livemode on conflict do nothing""");
		sql.execute("""
				insert into account_month (team_id, livemode, month, spent)
				select team_id, livemode, month, sum(amount) from ledger_entry where kind in ('charge', 'adjustment')
				 group by team_id, livemode, month
				    on conflict (team_id, livemode, month) do update set spent = excluded.spent""");
		sql.execute("insert into period (month) select distinct month from ledger_entry on conflict do nothing");
		sql.execute("update erased_until set until = now() - interval '90 days'");
		sql.execute("vacuum analyze");
	}

	record Tables(Table generation, Table content, Table entry, Table step, Table attempt, Table video) {
	}

	/** A table that is being filled. */
	static final class Table {

		private static final int BUFFER = 1 << 16;

		private final CopyIn copy;

		private final StringBuilder buffer = new StringBuilder(BUFFER + 4096);

		Table(Connection connection, String columns) throws SQLException {
			this.copy = connection.unwrap(PGConnection.class)
				.getCopyAPI()
				.copyIn("copy " + columns + " from stdin");
		}

		void row(Object... values) throws SQLException {
			for (int i = 0; i < values.length; i++) {
				this.buffer.append(values[i]).append((i + 1 < values.length) ? '\t' : '\n');
			}
			if (this.buffer.length() > BUFFER) {
				flush();
			}
		}

		private void flush() throws SQLException {
			byte[] bytes = this.buffer.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
			this.copy.writeToCopy(bytes, 0, bytes.length);
			this.buffer.setLength(0);
		}

		void end() throws SQLException {
			flush();
			this.copy.endCopy();
		}

	}

}
