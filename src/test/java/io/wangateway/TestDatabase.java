package io.wangateway;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import io.wangateway.database.ThrowawayPostgres;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.postgresql.PostgreSQLContainer;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * A database of a test's own on the PostgreSQL server that all tests of a JVM share. The
 * server is a container where a Docker engine answers, else it runs from the embedded
 * binaries; the log says which. It is fast and not durable, and it ends with the JVM,
 * after the application contexts.
 *
 * @param url the JDBC URL
 * @param user the superuser's name
 * @param secret the superuser's password
 */
public record TestDatabase(String url, String user, String secret) implements JdbcConnectionDetails {

	private static final Logger logger = LoggerFactory.getLogger(TestDatabase.class);

	/** Enough for a dozen cached contexts with a full connection pool each. */
	private static final int MAX_CONNECTIONS = 200;

	private static final AtomicInteger count = new AtomicInteger();

	private static final TestDatabase maintenance = startServer();

	/**
	 * Create an empty database.
	 * @return the database
	 */
	public static TestDatabase create() {
		String name = "test_" + count.incrementAndGet();
		try (Connection connection = maintenance.connect()) {
			connection.createStatement().execute("create database " + name);
		}
		catch (SQLException ex) {
			throw new IllegalStateException("Could not create database " + name, ex);
		}
		return new TestDatabase(maintenance.url.replace("/postgres", "/" + name), maintenance.user, maintenance.secret);
	}

	/**
	 * Open a connection that the caller closes.
	 * @return the connection
	 * @throws SQLException if the server refuses
	 */
	public Connection connect() throws SQLException {
		return DriverManager.getConnection(this.url, this.user, this.secret);
	}

	/** Return its name on the server. */
	public String name() {
		return this.url.replaceAll(".*/|\\?.*", "");
	}

	@Override
	public String getJdbcUrl() {
		return this.url;
	}

	@Override
	public String getUsername() {
		return this.user;
	}

	@Override
	public String getPassword() {
		return this.secret;
	}

	private static TestDatabase startServer() {
		if (!DockerClientFactory.instance().isDockerAvailable()) {
			return startEmbedded("no Docker engine answers");
		}
		try {
			return startContainer();
		}
		catch (ContainerLaunchException | ContainerFetchException | SQLException ex) {
			return startEmbedded("the Docker engine's can't be reached: " + ex.getMessage());
		}
	}

	private static TestDatabase startContainer() throws SQLException {
		PostgreSQLContainer container = new PostgreSQLContainer("postgres:16-alpine").withDatabaseName("postgres")
			.withTmpFs(Map.of("/var/lib/postgresql/data", "rw"))
			.withCommand("postgres", "-c", "fsync=off", "-c", "max_connections=" + MAX_CONNECTIONS);
		container.start();
		SpringApplication.getShutdownHandlers().add(container::stop);
		TestDatabase server = new TestDatabase(container.getJdbcUrl(), container.getUsername(),
				container.getPassword());
		server.connect().close();
		logger.info("Tests use PostgreSQL in a container: {}", container.getDockerImageName());
		return server;
	}

	private static TestDatabase startEmbedded(String reason) {
		ThrowawayPostgres server = new ThrowawayPostgres(MAX_CONNECTIONS);
		SpringApplication.getShutdownHandlers().add(server::close);
		logger.info("Tests use the embedded PostgreSQL, as {}", reason);
		return new TestDatabase(server.url(), server.user(), server.password());
	}

}
