import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.wangateway.database.RestartablePostgres;
import io.wangateway.drills.Database;
import io.wangateway.drills.Gateway;
import io.wangateway.drills.HttpConnection;
import io.wangateway.drills.SimulatorProcess;

/**
 * What is measured: a gateway in a process of its own, and a PostgreSQL. That is the
 * gateway's own, with its durable settings, unless {@code SPRING_DATASOURCE_URL} names
 * another, which must be empty.
 */
final class Rig implements AutoCloseable {

	/** An upstream that nothing is ever sent to. */
	static final List<String> NOTHING_IS_SENT = List.of("--gateway.dashscope.max-in-flight=0",
			"--gateway.dashscope.api-key=sk-nobody", "--gateway.dashscope.base-url=http://127.0.0.1:9/api/v1");

	private static final int TICKS_PER_SECOND = 100;

	private final Path folder;

	private final RestartablePostgres server;

	private final Database database;

	private final RestartablePostgres simulatorServer;

	private final SimulatorProcess simulator;

	private final Gateway gateway;

	private boolean closed;

	/** A gateway that sends nothing. */
	Rig(String name) throws Exception {
		this(name, List.of(), NOTHING_IS_SENT);
	}

	/**
	 * A gateway with a simulator, which has a process and a PostgreSQL of its own.
	 * @param behaviour the simulator's settings; none if there is to be no simulator
	 * @param settings the gateway's
	 */
	Rig(String name, List<String> behaviour, List<String> settings) throws Exception {
		this.folder = Files.createDirectories(Path.of("target/bench", name + "-" + ProcessHandle.current().pid()));
		String url = System.getenv("SPRING_DATASOURCE_URL");
		this.server = (url == null) ? new RestartablePostgres(this.folder.resolve("postgres"), List.of()) : null;
		this.database = (this.server != null) ? Database.of(this.server) : new Database(url,
				System.getenv("SPRING_DATASOURCE_USERNAME"), System.getenv("SPRING_DATASOURCE_PASSWORD"));
		List<String> all = new ArrayList<>(settings);
		if (behaviour.isEmpty()) {
			this.simulatorServer = null;
			this.simulator = null;
		}
		else {
			this.simulatorServer = new RestartablePostgres(this.folder.resolve("simulator-postgres"),
					List.of("fsync=off", "synchronous_commit=off", "full_page_writes=off"));
			this.simulator = new SimulatorProcess(this.folder, Database.of(this.simulatorServer), behaviour);
			this.simulator.launch();
			this.simulator.awaitReady();
			all.addAll(this.simulator.asUpstream());
		}
		String more = System.getenv("BENCH_SETTINGS");
		if (more != null) {
			all.addAll(List.of(more.split(" ")));
		}
		this.gateway = new Gateway(this.folder, "gateway", this.database, all);
		Runtime.getRuntime().addShutdownHook(new Thread(this::close));
		long start = System.nanoTime();
		this.gateway.launch();
		this.gateway.awaitReady();
		System.out.printf("gateway ready after %.1f s; folder %s%n", (System.nanoTime() - start) / 1e9, this.folder);
	}

	/** How long a virtual machine that was just started needs until it has compiled what is used, in seconds. */
	double warmUp() {
		return Double.parseDouble(System.getenv().getOrDefault("BENCH_WARMUP", "90"));
	}

	Path folder() {
		return this.folder;
	}

	Gateway gateway() {
		return this.gateway;
	}

	SimulatorProcess simulator() {
		return this.simulator;
	}

	Database database() {
		return this.database;
	}

	/** Make teams, each with a live key and a budget that is never used up. */
	List<String> keys(String prefix, int count) {
		List<String> keys = new ArrayList<>();
		for (int i = 1; i <= count; i++) {
			keys.add(this.gateway.liveKey("%s %d".formatted(prefix, i), "1000000000"));
		}
		return keys;
	}

	/**
	 * Ask for videos.
	 * @param key the team's
	 * @param count how many
	 * @param body what is asked for
	 */
	void ask(String key, int count, String body) throws IOException {
		byte[] request = HttpConnection.request("POST", "/v1/videos/generations", key, "", body);
		try (HttpConnection connection = new HttpConnection(this.gateway.port(), 10_000)) {
			for (int i = 0; i < count; i++) {
				if (connection.send(request) != 200) {
					throw new IllegalStateException(connection.body());
				}
			}
		}
	}

	/** Wait until a query for a number returns it. */
	void await(String sql, long number) throws InterruptedException {
		while (this.database.number(sql) != number) {
			Thread.sleep(250);
		}
	}

	/** CPU seconds used so far by the gateway, by PostgreSQL and by the load generator. */
	Cpu cpu() {
		return new Cpu(cpuSeconds(this.gateway.pid()),
				(this.server != null) ? Stream
					.concat(Stream.of(this.server.process()), this.server.process().children())
					.mapToDouble((each) -> cpuSeconds(each.pid()))
					.sum() : Double.NaN,
				cpuSeconds(ProcessHandle.current().pid()));
	}

	private static double cpuSeconds(long pid) {
		try {
			String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
			String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
			return (Double.parseDouble(fields[11]) + Double.parseDouble(fields[12])) / TICKS_PER_SECOND;
		}
		catch (IOException ex) {
			return 0;
		}
	}

	/** The most memory that the gateway has had resident, in MB. */
	long peakMegabytes() throws IOException {
		try (Stream<String> lines = Files.lines(Path.of("/proc/" + this.gateway.pid() + "/status"))) {
			return lines.filter((line) -> line.startsWith("VmHWM"))
				.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
				.findFirst()
				.orElse(-1);
		}
	}

	@Override
	public synchronized void close() {
		if (this.closed) {
			return;
		}
		this.closed = true;
		this.gateway.close();
		if (this.simulator != null) {
			this.simulator.close();
			this.simulatorServer.close();
		}
		if (this.server != null) {
			this.server.close();
		}
	}

	record Cpu(double gateway, double postgres, double generator) {

		String since(Cpu before, long requests) {
			double perThousand = 1000.0 / Math.max(1, requests);
			return "CPU s per 1,000: gateway %.2f, PostgreSQL %.2f, load generator %.2f".formatted(
					(this.gateway - before.gateway) * perThousand, (this.postgres - before.postgres) * perThousand,
					(this.generator - before.generator) * perThousand);
		}

	}

}
