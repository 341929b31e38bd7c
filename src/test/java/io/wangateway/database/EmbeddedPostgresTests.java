package io.wangateway.database;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The embedded PostgreSQL, and other processes that run and are killed on its folder. */
@Timeout(120)
class EmbeddedPostgresTests {

	@TempDir
	static Path folder;

	@Test
	void committedRowsSurviveARestart() throws Exception {
		try (EmbeddedPostgres server = start(); Connection connection = connect(server)) {
			execute(connection, "drop table if exists kept");
			execute(connection, "create table kept as select 42 as number");
		}
		assertThat(servers()).isEmpty();
		try (EmbeddedPostgres server = start(); Connection connection = connect(server)) {
			assertThat(query(connection, "select number from kept")).isEqualTo("42");
		}
	}

	@Test
	void committedRowsSurviveAKilledGatewayWhoseServerLivesOn() throws Exception {
		Process gateway = launch(Gateway.class);
		int committed = countAndKill(gateway);
		List<ProcessHandle> orphans = servers();
		assertThat(orphans).hasSize(1);

		try (EmbeddedPostgres server = start(); Connection connection = connect(server)) {
			assertThat(Integer.parseInt(query(connection, "select max(number) from counted")))
				.isGreaterThanOrEqualTo(committed);
			assertThat(servers()).hasSize(1).doesNotContainAnyElementsOf(orphans);
		}
	}

	@Test
	void committedRowsSurviveAKilledServer() throws Exception {
		Process gateway = launch(Gateway.class);
		int committed = countAndKill(gateway);
		servers().forEach(ProcessHandle::destroyForcibly);

		try (EmbeddedPostgres server = start(); Connection connection = connect(server)) {
			assertThat(Integer.parseInt(query(connection, "select max(number) from counted")))
				.isGreaterThanOrEqualTo(committed);
		}
	}

	@Test
	void secondGatewayOnTheFolderIsRefused() throws Exception {
		try (EmbeddedPostgres server = start(); Connection connection = connect(server)) {
			Process second = launch(Gateway.class);
			assertThat(second.inputReader().readAllAsString())
				.contains("Another gateway (process %d) is running".formatted(ProcessHandle.current().pid()));
			assertThat(second.waitFor()).isNotZero();
			assertThat(query(connection, "select 1")).isEqualTo("1");
		}
	}

	@Test
	void secondServerInOneProcessIsRefusedToo() throws Exception {
		try (EmbeddedPostgres server = start()) {
			assertThatExceptionOfType(EmbeddedPostgresException.class).isThrownBy(EmbeddedPostgresTests::start)
				.withMessageContaining("(this process)");
			assertThat(server.getJdbcUrl()).isNotEmpty();
		}
	}

	@Test
	void commitsReachTheDisk() throws Exception {
		try (EmbeddedPostgres server = start(); Connection connection = connect(server)) {
			assertThat(query(connection, "show fsync")).isEqualTo("on");
			assertThat(query(connection, "show synchronous_commit")).isEqualTo("on");
			assertThat(query(connection, "show full_page_writes")).isEqualTo("on");
			assertThat(query(connection, "show data_checksums")).isEqualTo("on");
		}
	}

	@Test
	void onlyThePasswordLetsInAndOnlyOverLoopback() throws Exception {
		try (EmbeddedPostgres server = start(); Connection connection = connect(server)) {
			assertThat(query(connection, "show listen_addresses")).isEqualTo("127.0.0.1");
			assertThat(query(connection, "show unix_socket_directories")).isEmpty();
			assertThatExceptionOfType(SQLException.class)
				.isThrownBy(() -> DriverManager.getConnection(server.getJdbcUrl(), server.getUsername(), "guess"))
				.satisfies((ex) -> assertThat(ex.getSQLState()).isEqualTo("28P01"));
			Path password = folder.resolve("password");
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(password))).isEqualTo("rw-------");
			assertThat(password).hasContent(server.getPassword());
		}
	}

	@Test
	void processThatHasAServersNumberAfterACrashIsNoObstacle() throws Exception {
		start().close();
		Path pidFile = folder.toRealPath().resolve("cluster/postmaster.pid");
		Files.writeString(pidFile, """
				%d
				%s
				1768380224
				5432
				""".formatted(ProcessHandle.current().pid(), pidFile.getParent()));
		try (EmbeddedPostgres server = start(); Connection connection = connect(server)) {
			assertThat(query(connection, "select 1")).isEqualTo("1");
		}
	}

	@Test
	void clusterThatWasNeverFinishedIsMadeAnew(@TempDir Path interrupted) throws Exception {
		Files.writeString(interrupted.resolve("password"), "");
		Files.writeString(Files.createDirectory(interrupted.resolve("cluster.unfinished")).resolve("PG_VERSION"), "18");
		try (EmbeddedPostgres server = EmbeddedPostgres.start(interrupted, ThrowawayPostgres.BINARIES, List.of());
				Connection connection = connect(server)) {
			assertThat(query(connection, "select 1")).isEqualTo("1");
		}
	}

	@Test
	void serverThatDoesNotStartSaysWhy() throws Exception {
		start().close();
		assertThatExceptionOfType(EmbeddedPostgresException.class)
			.isThrownBy(
					() -> EmbeddedPostgres.start(folder, ThrowawayPostgres.BINARIES, List.of("max_connections=many")))
			.withMessageContaining("invalid value for parameter \"max_connections\": \"many\"");
		start().close();
	}

	private static EmbeddedPostgres start() {
		return EmbeddedPostgres.start(folder, ThrowawayPostgres.BINARIES, List.of());
	}

	private static Connection connect(EmbeddedPostgres server) throws SQLException {
		return DriverManager.getConnection(server.getJdbcUrl(), server.getUsername(), server.getPassword());
	}

	private static void execute(Connection connection, String sql) throws SQLException {
		connection.createStatement().execute(sql);
	}

	private static String query(Connection connection, String sql) throws SQLException {
		ResultSet result = connection.createStatement().executeQuery(sql);
		result.next();
		return result.getString(1);
	}

	/** The postmasters on the folder. */
	private static List<ProcessHandle> servers() throws IOException {
		String cluster = folder.toRealPath().resolve("cluster").toString();
		return ProcessHandle.allProcesses()
			.filter((process) -> process.info()
				.arguments()
				.map(Arrays::asList)
				.orElse(List.of())
				.containsAll(List.of("-D", cluster)))
			.toList();
	}

	private static Process launch(Class<?> main) throws IOException {
		String java = ProcessHandle.current().info().command().orElseThrow();
		return new ProcessBuilder(java, "-cp", System.getProperty("java.class.path"), main.getName(), folder.toString())
			.redirectErrorStream(true)
			.start();
	}

	/**
	 * Let a gateway commit some rows, kill it in between, and return the last that it saw
	 * committed.
	 */
	private static int countAndKill(Process gateway) throws Exception {
		int last = 0;
		try (BufferedReader output = gateway.inputReader()) {
			for (String line = output.readLine(); line != null; line = output.readLine()) {
				if (line.startsWith(Gateway.COMMITTED)) {
					last = Integer.parseInt(line.substring(Gateway.COMMITTED.length()));
					if (last == 100) {
						gateway.toHandle().destroyForcibly();
					}
				}
			}
		}
		gateway.waitFor();
		assertThat(last).isGreaterThanOrEqualTo(100);
		return last;
	}

	/** Commits one row after the other until it is killed, and says so after each. */
	static final class Gateway {

		static final String COMMITTED = "committed ";

		static void main(String[] args) throws Exception {
			EmbeddedPostgres server = EmbeddedPostgres.start(Path.of(args[0]), ThrowawayPostgres.BINARIES, List.of());
			try (Connection connection = connect(server)) {
				execute(connection, "drop table if exists counted");
				execute(connection, "create table counted (number integer)");
				for (int number = 1;; number++) {
					execute(connection, "insert into counted values (%d)".formatted(number));
					IO.println(COMMITTED + number);
				}
			}
		}

	}

}
