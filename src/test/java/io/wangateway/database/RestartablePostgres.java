package io.wangateway.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The embedded PostgreSQL as drills and benchmarks use it: a server that can go away and
 * come back at the same address. It is as durable as the gateway's own unless overridden.
 */
public final class RestartablePostgres implements AutoCloseable {

	private final PostgresCluster cluster;

	private final Path log;

	private final String options;

	private final String url;

	/**
	 * Start the server.
	 * @param folder where it keeps its rows; made if it does not exist
	 * @param overrides settings that differ, such as {@code fsync=off}
	 */
	public RestartablePostgres(Path folder, List<String> overrides) {
		try {
			Path real = Files.createDirectories(folder).toRealPath();
			Path binaries = PostgresBinaries.unpack(Files.createDirectories(ThrowawayPostgres.BINARIES).toRealPath());
			this.cluster = new PostgresCluster(real, binaries);
			this.cluster.writeSettings();
			this.log = real.resolve("server.log");
			int port = freePort();
			this.options = "-p " + port + String.join("", overrides.stream().map((each) -> " -c " + each).toList());
			this.url = "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(port);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start();
	}

	/** Start the server again. */
	public void start() {
		run("start", "--log=" + this.log, "--options=" + this.options);
	}

	/**
	 * Stop the server.
	 * @param mode {@code fast}, which ends the sessions, or {@code immediate}, which is a
	 * crash
	 */
	public void stop(String mode) {
		run("stop", "--mode=" + mode);
	}

	private void run(String action, String... options) {
		try {
			String[] arguments = new String[options.length + 4];
			arguments[0] = action;
			arguments[1] = "--wait";
			arguments[2] = "--timeout=120";
			arguments[3] = "--pgdata=" + this.cluster.data();
			System.arraycopy(options, 0, arguments, 4, options.length);
			this.cluster.programs().run("pg_ctl", arguments);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public String url() {
		return this.url;
	}

	public String user() {
		return PostgresCluster.SUPERUSER;
	}

	public String password() {
		try {
			return this.cluster.password();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Return the server's process, whose children serve the sessions. */
	public ProcessHandle process() {
		try {
			return this.cluster.server().orElseThrow();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Stop the server; what it kept stays. */
	@Override
	public void close() {
		stop("fast");
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

}
