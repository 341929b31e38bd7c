package io.wangateway.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import static org.awaitility.Awaitility.await;

/** A real S3 server, S3Proxy, in a process of its own. It has one bucket in a folder. */
public final class S3Server implements AutoCloseable {

	public static final String BUCKET = "media";

	private static final Path JAR = Path.of("target/s3proxy/s3proxy.jar");

	private final Path folder;

	private final int port;

	private Process process;

	public S3Server(Path folder) throws IOException {
		this.folder = folder;
		try (ServerSocket free = new ServerSocket(0)) {
			this.port = free.getLocalPort();
		}
		Files.createDirectories(folder.resolve("buckets").resolve(BUCKET));
		this.process = start();
	}

	private Process start() throws IOException {
		Path properties = Files.writeString(this.folder.resolve("s3proxy.properties"), """
				s3proxy.endpoint=http://127.0.0.1:%d
				s3proxy.authorization=aws-v2-or-v4
				s3proxy.identity=access
				s3proxy.credential=secret
				jclouds.provider=filesystem-nio2
				jclouds.filesystem.basedir=%s
				""".formatted(this.port, this.folder.resolve("buckets").toAbsolutePath()));
		Process started = new ProcessBuilder(ProcessHandle.current().info().command().orElse("java"), "-Xmx64m", "-jar",
				JAR.toString(), "--properties", properties.toString())
			.redirectErrorStream(true)
			.redirectOutput(this.folder.resolve("s3proxy.log").toFile())
			.start();
		await().atMost(Duration.ofSeconds(60)).until(this::answers);
		return started;
	}

	private boolean answers() {
		try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			return true;
		}
		catch (IOException _) {
			return false;
		}
	}

	/** Take the server away. */
	public void stop() {
		this.process.destroy();
		this.process.onExit().join();
	}

	/** Bring the server back, with what it had. */
	public void restart() throws IOException {
		this.process = start();
	}

	/** Return where it is. */
	public String url() {
		return "http://127.0.0.1:" + this.port;
	}

	/** Return where it keeps a file. */
	public Path file(String name) {
		return this.folder.resolve("buckets").resolve(BUCKET).resolve(name);
	}

	StoreSettings.S3 settings(String bucket) {
		return new StoreSettings.S3(bucket, URI.create(url()), "us-east-1", "access", "secret", true, true);
	}

	@Override
	public void close() {
		stop();
	}

}
