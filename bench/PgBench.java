import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * PostgreSQL's own benchmark, 8 clients, writing the rows that an acceptance writes: once
 * with plain statements that look nothing up, once one by one through
 * the gateway's SQL function.
 */
final class PgBench {

	private static final String ROWS = """
			\\set team random(:first_team, :last_team)
			begin;
			update submission_bucket set tokens = least(500, tokens + 1) - 1, refilled_at = now() where key_id = :team::integer + :key_offset::integer;
			update account set held = held + 1.5 where team_id = :team and livemode;
			with task as (
			    insert into generation (id, team_id, key_id, livemode, model, mode, lane, resolution, seconds, audio,
			           price_id, unit_price, estimated_cost, maximum_cost, created_at, state)
			    values (uuidv7(), :team, :team::integer + :key_offset::integer, true, 'wan2.6-flash', 'i2v', 'wan2.6-i2v-flash', '720p', 5,
			           true, :price, 0.3, 1.5, 1.5, now(), 'QUEUED')
			    returning id, team_id),
			content as (
			    insert into generation_content (generation_id, request)
			    select id, '%s'::jsonb from task),
			%s
			hold as (
			    insert into ledger_entry (generation_id, team_id, livemode, kind, amount, month, posted_at)
			    select id, team_id, true, 'hold', 1.5, date_trunc('month', now())::date, now() from task)
			select id from task;
			update queue set queued = queued + 1 where lane = 'wan2.6-i2v-flash' and team_id = :team;
			commit;
			""";

	private static final String IDEMPOTENCY = """
			record as (
			    insert into idempotency_record
			    select team_id, true, gen_random_uuid()::text, sha256(id::text::bytea), id, now() from task),""";

	private static final String FUNCTION = """
			\\set team random(:first_team, :last_team)
			select accept_generations(json_build_array(json_build_object('number', 0, 'id', uuidv7(), 'team_id', :team::integer, 'key_id', :team::integer + :key_offset::integer,
			    'livemode', true, 'configured', true, 'model', 'wan2.6-flash', 'mode', 'i2v', 'lane', 'wan2.6-i2v-flash',
			    'resolution', '720p', 'seconds', 5, 'audio', true, 'price_id', :price::integer, 'unit_price', '0.3',
			    'estimated_cost', '1.5', 'maximum_cost', '1.5', 'created_at', now(), 'request', '%s'::jsonb%s)), 'patiently');
			""";

	private static final String FUNCTION_IDEMPOTENCY = """
			, 'idempotency_key', gen_random_uuid()::text,
			    'request_hash', encode(sha256(random()::text::bytea), 'hex')""";

	private final Rig rig;

	PgBench(Rig rig) {
		this.rig = rig;
	}

	/** Run both, and return transactions per second of the plain statements. */
	double run(int seconds) throws Exception {
		String program = program();
		if (program.isEmpty()) {
			System.out.println("pgbench is not installed here (Debian: postgresql-contrib), so nothing to compare with");
			return Double.NaN;
		}
		String request = this.rig.database()
			.query("select request::text from generation_content limit 1", (row) -> row.getString(1))
			.getFirst();
		double plain = run(program, "rows", seconds, ROWS.formatted(request, IDEMPOTENCY), ROWS.formatted(request, ""));
		double function = run(program, "function", seconds, FUNCTION.formatted(request, FUNCTION_IDEMPOTENCY),
				FUNCTION.formatted(request, ""));
		System.out.printf("%-12s %,.0f/s with plain statements, %,.0f/s through accept_generations, one by one%n", "pgbench", plain,
				function);
		return plain;
	}

	private double run(String program, String name, int seconds, String... scripts) throws Exception {
		URI url = URI.create(this.rig.database().url().substring("jdbc:".length()));
		List<String> command = new ArrayList<>(List.of(program, "--no-vacuum", "--client=8", "--jobs=2",
				"--protocol=prepared", "--time=" + seconds, "--host=" + url.getHost(), "--port=" + url.getPort(),
				"--username=" + this.rig.database().user()));
		this.rig.database().query("""
				select min(team_id), max(team_id), min(id) - min(team_id), min(price_id)
				  from api_key, (select min(price_id) as price_id from generation) g""", (row) -> {
			command.addAll(List.of("--define=first_team=" + row.getInt(1), "--define=last_team=" + row.getInt(2),
					"--define=key_offset=" + row.getInt(3), "--define=price=" + row.getInt(4)));
			return row;
		});
		for (int i = 0; i < scripts.length; i++) {
			Path script = this.rig.folder().resolve(name + i + ".sql");
			Files.writeString(script, scripts[i]);
			command.add("--file=" + script + "@1");
		}
		command.add(url.getPath().substring(1));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		builder.environment().put("PGPASSWORD", this.rig.database().password());
		Process process = builder.start();
		String output = new String(process.getInputStream().readAllBytes());
		Matcher tps = Pattern.compile("tps = ([0-9.]+)").matcher(output);
		if (process.waitFor() != 0 || !tps.find()) {
			throw new IllegalStateException(output);
		}
		return Double.parseDouble(tps.group(1));
	}

	private static String program() throws IOException {
		List<Path> found = new ArrayList<>();
		for (String folder : System.getenv("PATH").split(":")) {
			found.add(Path.of(folder, "pgbench"));
		}
		try (Stream<Path> versions = Files.exists(Path.of("/usr/lib/postgresql"))
				? Files.list(Path.of("/usr/lib/postgresql")) : Stream.empty()) {
			versions.forEach((version) -> found.add(version.resolve("bin/pgbench")));
		}
		return found.stream().filter(Files::isExecutable).findFirst().map(Path::toString).orElse("");
	}

}
