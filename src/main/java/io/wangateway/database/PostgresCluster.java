package io.wangateway.database;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Scanner;
import java.util.Set;

import org.springframework.core.io.ClassPathResource;
import org.springframework.util.FileSystemUtils;

/**
 * What the embedded PostgreSQL keeps on disk, in a folder that this process has locked.
 */
final class PostgresCluster {

	static final String SUPERUSER = "postgres";

	private static final int PASSWORD_BYTES = 24;

	private final Path folder;

	private final Path passwordFile;

	private final PostgresPrograms programs;

	/**
	 * Open a cluster, or make one.
	 * @param folder where it is; exists
	 * @param binaries the folder of PostgreSQL's binaries
	 * @throws EmbeddedPostgresException if PostgreSQL can't make a cluster there
	 * @throws IOException if the folder can't be read or written
	 */
	PostgresCluster(Path folder, Path binaries) throws IOException {
		this.folder = folder;
		this.passwordFile = folder.resolve("password");
		boolean fresh = Files.notExists(data());
		if (fresh) {
			writePassword();
		}
		// From here on the files may be another user's, and the next program reads one.
		this.programs = new PostgresPrograms(binaries.resolve("bin"), folder);
		if (fresh) {
			initialise();
		}
	}

	/** The folder that PostgreSQL calls its data directory. */
	Path data() {
		return this.folder.resolve("cluster");
	}

	/** The programs, to be run on this cluster. */
	PostgresPrograms programs() {
		return this.programs;
	}

	/** The superuser's password. */
	String password() throws IOException {
		return Files.readString(this.passwordFile);
	}

	/** Write the settings that the next server starts with. */
	void writeSettings() throws IOException {
		try (InputStream settings = new ClassPathResource("database/postgresql.conf").getInputStream()) {
			Files.copy(settings, data().resolve("postgresql.conf"), StandardCopyOption.REPLACE_EXISTING);
		}
	}

	/**
	 * Find the server that is running on this cluster. The number in its file says
	 * little: after a crash of the machine it may be any other process's.
	 * @return the server's process, or empty if none is running
	 */
	Optional<ProcessHandle> server() throws IOException {
		if (!Files.exists(pidFile())) {
			return Optional.empty();
		}
		try (Scanner scanner = new Scanner(pidFile(), StandardCharsets.UTF_8)) {
			return scanner.hasNextLong() ? ProcessHandle.of(scanner.nextLong()).filter(this::serves) : Optional.empty();
		}
	}

	/** Remove the file in which a server names its process; none may be running. */
	void removePidFile() throws IOException {
		Files.deleteIfExists(pidFile());
	}

	private Path pidFile() {
		return data().resolve("postmaster.pid");
	}

	private boolean serves(ProcessHandle process) {
		return process.info().arguments().map(Arrays::asList).orElse(List.of()).contains(data().toString());
	}

	/**
	 * A crash half-way leaves no cluster: its folder gets its name when it is complete.
	 */
	private void initialise() throws IOException {
		Path unfinished = this.folder.resolve("cluster.unfinished");
		FileSystemUtils.deleteRecursively(unfinished);
		this.programs.run("initdb", "--pgdata=" + unfinished, "--username=" + SUPERUSER,
				"--pwfile=" + this.passwordFile, "--auth=scram-sha-256", "--encoding=UTF8", "--locale-provider=builtin",
				"--builtin-locale=C.UTF-8");
		Files.move(unfinished, data(), StandardCopyOption.ATOMIC_MOVE);
		try (FileChannel directory = FileChannel.open(this.folder)) {
			directory.force(true);
		}
	}

	private void writePassword() throws IOException {
		byte[] random = new byte[PASSWORD_BYTES];
		new SecureRandom().nextBytes(random);
		String password = Base64.getUrlEncoder().encodeToString(random);
		Files.deleteIfExists(this.passwordFile);
		try (SeekableByteChannel channel = Files.newByteChannel(this.passwordFile,
				Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.DSYNC),
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
			channel.write(StandardCharsets.US_ASCII.encode(password));
		}
	}

}
