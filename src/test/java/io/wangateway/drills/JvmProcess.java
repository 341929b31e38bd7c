package io.wangateway.drills;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A Java program as a process of its own, which can be killed, paused and started again.
 * Its class path is that of the system property {@code drill.classpath}, else this
 * process's own; {@code drill.jvm} names further options of the virtual machine.
 */
public class JvmProcess implements AutoCloseable {

	/** For tests, which are over before compiling well has paid. */
	private static final String QUICK_START = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1";

	/** Begins with the date. */
	private static final Pattern ENTRY = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT");

	private final List<String> command;

	private final Path log;

	private final int port;

	private final String readyPath;

	private @Nullable Process process;

	/**
	 * Prepare a process.
	 * @param mainClass what it runs
	 * @param log where its output is appended to
	 * @param port where it will listen
	 * @param readyPath what answers 200 there once it is ready
	 * @param options options of the virtual machine
	 * @param arguments arguments of the program
	 */
	JvmProcess(String mainClass, Path log, int port, String readyPath, List<String> options, List<String> arguments) {
		this.log = log;
		this.port = port;
		this.readyPath = readyPath;
		this.command = new ArrayList<>();
		this.command.add(ProcessHandle.current().info().command().orElseThrow());
		this.command.addAll(options);
		this.command.addAll(List.of(System.getProperty("drill.jvm", QUICK_START).split(" ")));
		this.command.add("-cp");
		this.command.add(System.getProperty("drill.classpath", System.getProperty("java.class.path")));
		this.command.add(mainClass);
		this.command.addAll(arguments);
	}

	/** Start the process, and don't wait for it. */
	public void launch() {
		try {
			this.process = new ProcessBuilder(this.command).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.appendTo(this.log.toFile()))
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Wait until it answers. */
	public void awaitReady() throws InterruptedException {
		long deadline = System.nanoTime() + Duration.ofMinutes(10).toNanos();
		while (!isReady()) {
			if (!running().isAlive() || System.nanoTime() > deadline) {
				throw new IllegalStateException("%s did not start; see %s".formatted(this, this.log));
			}
			Thread.sleep(100);
		}
	}

	/** Whether it answers that it is ready. */
	boolean isReady() {
		try (HttpConnection connection = new HttpConnection(this.port, 2000)) {
			return connection.send(HttpConnection.request("GET", this.readyPath, "-", "", "")) == 200;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/** End it as {@code kill -9} does. */
	public void kill() throws InterruptedException {
		running().destroyForcibly().waitFor();
	}

	/** SIGTERM: it is asked to end. */
	public void askToEnd() {
		running().destroy();
	}

	/** Whether the process is there. */
	boolean isAlive() {
		return running().isAlive();
	}

	/** Wait until it has ended, at most a minute. */
	public void awaitEnd() throws InterruptedException {
		running().waitFor(1, TimeUnit.MINUTES);
	}

	/** SIGSTOP: it stands still, with its connections open. */
	public void pause() {
		signal("STOP");
	}

	/** SIGCONT: it goes on as if no time had passed. */
	public void resume() {
		signal("CONT");
	}

	private void signal(String name) {
		try {
			new ProcessBuilder("kill", "-" + name, Long.toString(running().pid())).start().waitFor();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Return what the log says about something: the lines that name it, each with the
	 * exception below it.
	 */
	List<String> logOf(String name) {
		List<String> found = new ArrayList<>();
		boolean within = false;
		try {
			for (String line : Files.readAllLines(this.log)) {
				within = line.contains(name) || (within && !ENTRY.matcher(line).lookingAt());
				if (within) {
					found.add("%s: %s".formatted(this, line));
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return found;
	}

	public long pid() {
		return running().pid();
	}

	public int port() {
		return this.port;
	}

	private Process running() {
		if (this.process == null) {
			throw new IllegalStateException(this + " was not started");
		}
		return this.process;
	}

	/** Return a port that is free now. */
	public static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** SIGTERM, and SIGKILL if that does not help. */
	@Override
	public void close() {
		Process ending = this.process;
		if (ending == null) {
			return;
		}
		signal("CONT");
		ending.destroy();
		try {
			if (!ending.waitFor(40, TimeUnit.SECONDS)) {
				ending.destroyForcibly().waitFor();
			}
		}
		catch (InterruptedException ex) {
			ending.destroyForcibly();
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public String toString() {
		return this.log.getFileName().toString().replace(".log", "");
	}

}
