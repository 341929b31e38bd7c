package io.wangateway.database;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs PostgreSQL's own programs on a folder. They refuse to run as root, so root runs
 * them with less: as the folder's owner; where that is root too, in a user namespace, in
 * which root is nobody in particular; where such namespaces are forbidden, as the user
 * nobody, who is given the folder.
 */
final class PostgresPrograms {

	/** Enough for the recovery from a crash on a slow disk. */
	private static final Duration LIMIT = Duration.ofMinutes(10);

	/** The user and the group nobody, by convention on every Linux. */
	private static final int NOBODY = 65534;

	private final Path bin;

	private final Path folder;

	private final List<String> unprivileged;

	/**
	 * Prepare to run programs.
	 * @param bin the folder of the programs
	 * @param folder the folder that they work on; exists
	 * @throws IOException if it can't be read
	 */
	PostgresPrograms(Path bin, Path folder) throws IOException {
		this.bin = bin;
		this.folder = folder;
		this.unprivileged = System.getProperty("user.name").equals("root") ? withoutRoot() : List.of();
	}

	/**
	 * Run a program to its end.
	 * @param program its name, such as {@code initdb}
	 * @param arguments its arguments
	 * @throws EmbeddedPostgresException if it fails; the message has its last words
	 * @throws IOException if it can't be started
	 */
	void run(String program, String... arguments) throws IOException {
		List<String> command = new ArrayList<>(this.unprivileged);
		command.add(this.bin.resolve(program).toString());
		command.addAll(List.of(arguments));
		execute(command);
	}

	private List<String> withoutRoot() throws IOException {
		int owner = (int) Files.getAttribute(this.folder, "unix:uid");
		if (owner != 0) {
			return as(owner, (int) Files.getAttribute(this.folder, "unix:gid"));
		}
		List<String> namespace = List.of("unshare", "--user");
		try {
			List<String> probe = new ArrayList<>(namespace);
			probe.add("true");
			execute(probe);
			return namespace;
		}
		catch (EmbeddedPostgresException ex) {
			return as(NOBODY, NOBODY);
		}
	}

	private List<String> as(int uid, int gid) throws IOException {
		execute(List.of("chown", "-R", uid + ":" + gid, this.folder.toString()));
		return List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, "--clear-groups");
	}

	private void execute(List<String> command) throws IOException {
		Path output = Files.createTempFile("postgres", ".out");
		try {
			ProcessBuilder builder = new ProcessBuilder(command).directory(this.folder.toFile())
				.redirectErrorStream(true)
				.redirectOutput(output.toFile());
			builder.environment().keySet().removeIf((name) -> name.startsWith("PG"));
			builder.environment().put("LC_ALL", "C");
			if (exitValue(builder.start()) != 0) {
				String lastLine = Files.readAllLines(output, Charset.defaultCharset())
					.stream()
					.reduce("", (_, line) -> line);
				throw new EmbeddedPostgresException(
						"PostgreSQL's programs fail in %s: %s".formatted(this.folder, lastLine));
			}
		}
		finally {
			Files.delete(output);
		}
	}

	private static int exitValue(Process process) {
		try {
			if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
				process.destroyForcibly();
				throw new EmbeddedPostgresException("%s has not ended within %s s"
					.formatted(process.info().commandLine().orElse("A PostgreSQL program"), LIMIT.toSeconds()));
			}
			return process.exitValue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new EmbeddedPostgresException("Interrupted while waiting for PostgreSQL", ex);
		}
	}

}
