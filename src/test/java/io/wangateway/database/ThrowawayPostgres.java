package io.wangateway.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.springframework.util.FileSystemUtils;

/**
 * The embedded PostgreSQL as tests of other packages use it: quick and forgetful.
 */
public final class ThrowawayPostgres implements AutoCloseable {

	/** Where all test runs unpack the binaries to. */
	static final Path BINARIES = Path.of("target/postgres");

	private final Path folder;

	private final EmbeddedPostgres server;

	/**
	 * Start the server in a folder of its own.
	 * @param maxConnections how many connections it accepts
	 */
	public ThrowawayPostgres(int maxConnections) {
		try {
			this.folder = Files.createTempDirectory("wan-gateway-test");
			this.server = EmbeddedPostgres.start(this.folder, BINARIES, List.of("fsync=off", "synchronous_commit=off",
					"full_page_writes=off", "max_connections=" + maxConnections));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public String url() {
		return this.server.getJdbcUrl();
	}

	public String user() {
		return this.server.getUsername();
	}

	public String password() {
		return this.server.getPassword();
	}

	/** Stop the server and remove what it kept. */
	@Override
	public void close() {
		try {
			this.server.close();
			FileSystemUtils.deleteRecursively(this.folder);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
