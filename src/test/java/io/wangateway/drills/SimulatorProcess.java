package io.wangateway.drills;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.wangateway.sandbox.SandboxApplication;

/** The simulator as a process of its own, with a database that no gateway uses. */
public final class SimulatorProcess extends JvmProcess {

	private final Database database;

	/**
	 * Prepare the simulator.
	 * @param folder for its log
	 * @param database where its tasks are
	 * @param arguments how it behaves, such as
	 * {@code --gateway.sandbox.faults.lost-answer=0.05}
	 */
	public SimulatorProcess(Path folder, Database database, List<String> arguments) {
		this(folder, database, freePort(), arguments);
	}

	private SimulatorProcess(Path folder, Database database, int port, List<String> arguments) {
		super(SandboxApplication.class.getName(), folder.resolve("simulator.log"), port, "/simulator/behaviour",
				List.of("-Xmx256m"), settings(database, port, arguments));
		this.database = database;
	}

	private static List<String> settings(Database database, int port, List<String> arguments) {
		List<String> all = new ArrayList<>(database.arguments());
		all.add("--gateway.sandbox.port=" + port);
		all.addAll(arguments);
		return all;
	}

	/** Return the database with its tasks. */
	public Database database() {
		return this.database;
	}

	/** Return the settings that make a gateway use it. */
	public List<String> asUpstream() {
		return List.of("--gateway.dashscope.api-key=sk-simulator",
				"--gateway.dashscope.base-url=http://127.0.0.1:%d/api/v1".formatted(port()));
	}

}
