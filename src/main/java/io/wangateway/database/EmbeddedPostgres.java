package io.wangateway.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * A PostgreSQL server of the gateway's own, which keeps its rows in a folder. What is
 * committed survives any end of this process, of the server and of the machine. At most
 * one server runs on a folder: a second gateway is refused, and the server that a killed
 * gateway has left behind is stopped first, with its sessions and their locks.
 */
final class EmbeddedPostgres implements JdbcConnectionDetails, AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(EmbeddedPostgres.class);

	/** Another process may be quicker to take the port that was free. */
	private static final int START_ATTEMPTS = 3;

	private static final int SHOWN_LOG_LINES = 5;

	private final FolderLock lock;

	private final PostgresCluster cluster;

	private final Path log;

	private final String password;

	private final int port;

	private EmbeddedPostgres(FolderLock lock, PostgresCluster cluster, Path log, List<String> overrides)
			throws IOException {
		this.lock = lock;
		this.cluster = cluster;
		this.log = log;
		this.password = cluster.password();
		this.port = startServer(overrides);
		logger.info("The embedded PostgreSQL listens on port {} and keeps its data in {}", this.port, cluster.data());
	}

	/**
	 * Start a durable server.
	 * @param folder where everything of it is kept; made if it does not exist
	 * @return the server, accepting connections
	 * @throws EmbeddedPostgresException if it can't be started
	 */
	static EmbeddedPostgres start(Path folder) {
		return start(folder, folder, List.of());
	}

	/**
	 * Start a server.
	 * @param folder where everything of it is kept but the binaries
	 * @param binaries where the binaries are unpacked to, unless they are there
	 * @param overrides settings that differ from a durable server's, such as
	 * {@code fsync=off}
	 * @return the server, accepting connections
	 * @throws EmbeddedPostgresException if it can't be started
	 */
	static EmbeddedPostgres start(Path folder, Path binaries, List<String> overrides) {
		try {
			Path real = Files.createDirectories(folder).toRealPath();
			FolderLock lock = FolderLock.take(real);
			try {
				Path unpacked = PostgresBinaries.unpack(Files.createDirectories(binaries).toRealPath());
				return new EmbeddedPostgres(lock, new PostgresCluster(real, unpacked), real.resolve("server.log"),
						overrides);
			}
			catch (IOException | RuntimeException ex) {
				lock.close();
				throw ex;
			}
		}
		catch (IOException ex) {
			throw new EmbeddedPostgresException(
					"The embedded PostgreSQL can't be kept in %s: %s.".formatted(folder, ex), ex);
		}
	}

	private int startServer(List<String> overrides) throws IOException {
		this.cluster.writeSettings();
		for (int attempt = 1;; attempt++) {
			endFormerServer();
			int candidate = freePort();
			try {
				this.cluster.programs()
					.run("pg_ctl", "start", "--wait", "--timeout=540", "--pgdata=" + this.cluster.data(),
							"--log=" + this.log, "--options=" + options(candidate, overrides));
				return candidate;
			}
			catch (EmbeddedPostgresException ex) {
				if (attempt == START_ATTEMPTS) {
					throw new EmbeddedPostgresException("The embedded PostgreSQL in %s does not start. Its log ends: %s"
						.formatted(this.cluster.data(), endOfLog()), ex);
				}
			}
		}
	}

	private void endFormerServer() throws IOException {
		Optional<ProcessHandle> former = this.cluster.server();
		if (former.isPresent()) {
			logger.info("Stopping the PostgreSQL (process {}) that a killed gateway has left in {}", former.get().pid(),
					this.cluster.data());
			stopServer();
		}
		this.cluster.removePidFile();
		if (Files.exists(this.log)) {
			Files.move(this.log, this.log.resolveSibling("former-server.log"), StandardCopyOption.REPLACE_EXISTING);
		}
	}

	private void stopServer() throws IOException {
		this.cluster.programs()
			.run("pg_ctl", "stop", "--wait", "--timeout=60", "--mode=fast", "--pgdata=" + this.cluster.data());
	}

	private static String options(int port, List<String> overrides) {
		StringBuilder options = new StringBuilder("-p ").append(port);
		overrides.forEach((override) -> options.append(" -c ").append(override));
		return options.toString();
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private String endOfLog() throws IOException {
		if (!Files.exists(this.log)) {
			return "(there is none)";
		}
		List<String> lines = Files.readAllLines(this.log);
		return String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN_LOG_LINES), lines.size()));
	}

	@Override
	public String getJdbcUrl() {
		return "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(this.port);
	}

	@Override
	public String getUsername() {
		return PostgresCluster.SUPERUSER;
	}

	@Override
	public String getPassword() {
		return this.password;
	}

	/** Stop the server, which ends the sessions that are still open. */
	@Override
	public void close() throws IOException {
		try (this.lock) {
			stopServer();
		}
	}

}
