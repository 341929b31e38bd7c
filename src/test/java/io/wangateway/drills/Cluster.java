package io.wangateway.drills;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.wangateway.database.RestartablePostgres;

/**
 * Everything that a drill needs, each part a process of its own: replicas of the gateway
 * on one PostgreSQL, and the simulator on another, as it is another company's. The
 * account's limits are larger and the deadlines shorter than real ones, so that a drill
 * takes minutes.
 */
public final class Cluster implements AutoCloseable {

	private static final List<String> SIMULATOR = List.of("--gateway.sandbox.timings.pending=200ms",
			"--gateway.sandbox.timings.run=500ms", "--gateway.sandbox.timings.run-per-second=100ms",
			"--gateway.sandbox.limits.queries-per-second=100", "--gateway.sandbox.limits.lists-per-second=100",
			"--gateway.sandbox.faults.lost-answer=0.05", "--gateway.sandbox.faults.500-before=0.025",
			"--gateway.sandbox.faults.500-after=0.025");

	private static final List<String> GATEWAY = List.of("--gateway.dashscope.queries-per-second=100",
			"--gateway.dashscope.connect-timeout=1s", "--gateway.dashscope.response-timeout=2s",
			"--gateway.dashscope.call-timeout=3s", "--gateway.doubts.before=1s", "--gateway.doubts.after=2s",
			"--gateway.doubts.search-interval=1s");

	private final List<Gateway> gateways = new ArrayList<>();

	private final RestartablePostgres server;

	private final RestartablePostgres simulatorServer;

	private final SimulatorProcess simulator;

	private final Path folder;

	private boolean closed;

	/**
	 * Start everything.
	 * @param folder where its files go
	 * @param replicas how many gateways
	 * @param slots the account's limit of tasks in processing, per model
	 * @param perSecond the account's limit of submissions per second, per model
	 */
	Cluster(Path folder, int replicas, int slots, int perSecond) throws InterruptedException {
		this.folder = folder;
		make(folder);
		List<String> notDurable = List.of("fsync=off", "synchronous_commit=off", "full_page_writes=off");
		this.simulatorServer = new RestartablePostgres(folder.resolve("simulator-postgres"), notDurable);
		this.server = new RestartablePostgres(folder.resolve("postgres"), List.of());
		List<String> behaviour = new ArrayList<>(SIMULATOR);
		behaviour.add("--gateway.sandbox.limits.in-processing=" + slots);
		behaviour.add("--gateway.sandbox.limits.submissions-per-second=" + perSecond);
		this.simulator = new SimulatorProcess(folder, Database.of(this.simulatorServer), behaviour);
		// Whoever is tired of waiting must not leave processes behind.
		Runtime.getRuntime().addShutdownHook(new Thread(this::close));
		this.simulator.launch();
		List<String> settings = new ArrayList<>(GATEWAY);
		settings.addAll(this.simulator.asUpstream());
		settings.add("--gateway.dashscope.max-in-flight=" + slots);
		settings.add("--gateway.dashscope.submissions-per-second=" + perSecond);
		for (int i = 1; i <= replicas; i++) {
			this.gateways.add(new Gateway(folder, "gateway-" + i, database(), settings));
		}
		this.simulator.awaitReady();
		this.gateways.forEach(Gateway::launch);
		for (Gateway gateway : this.gateways) {
			gateway.awaitReady();
		}
	}

	private static void make(Path folder) {
		try {
			Files.createDirectories(folder);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Return the replicas. */
	List<Gateway> gateways() {
		return this.gateways;
	}

	/** Make five teams with budgets, and return a live key of each. */
	List<String> keys(String name) {
		return IntStream.rangeClosed(1, 5)
			.mapToObj((team) -> this.gateways.getFirst().liveKey("%s %d".formatted(name, team), "1000000"))
			.toList();
	}

	/** Return the database that the replicas share. */
	Database database() {
		return Database.of(this.server);
	}

	/** Return the PostgreSQL that the replicas share. */
	RestartablePostgres server() {
		return this.server;
	}

	SimulatorProcess simulator() {
		return this.simulator;
	}

	@Override
	public synchronized void close() {
		if (this.closed) {
			return;
		}
		this.closed = true;
		this.gateways.forEach(Gateway::close);
		this.simulator.close();
		this.server.close();
		this.simulatorServer.close();
	}

	@Override
	public String toString() {
		return "%d replicas in %s".formatted(this.gateways.size(), this.folder);
	}

}
