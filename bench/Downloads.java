import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Do downloads slow accepting? Starts a gateway with {@code -Xmx256m} and everything of
 * its own, has it accept tasks as fast as they come, and in every other round of the same
 * run has 50 callers fetch a video of 30 MB at the same time, each over and over. They
 * take 2 MB/s each, together nearly what a network of 1 Gbit/s carries. Prints the rate
 * of accepting with and without, their ratio with its spread, and what the gateway and
 * this client used.
 *
 * <pre>
 * mvn -DskipTests package
 * java bench/Downloads.java [rounds] [megabytes per second of each caller, 0 for no limit] [seconds of a round]
 * </pre> {@code GATEWAY_JAR} names another jar than that in {@code target},
 * {@code GATEWAY_JVM} options of its virtual machine.
 */
class Downloads {

	static final int CALLERS = 50;

	static final int SIZE = 30 << 20;

	static final int SUBMITTERS = 8;

	static final int BUFFER = 1 << 18;

	static final String BOUNDARY = "limit";

	final Path folder;

	final Process gateway;

	final String base;

	final long bytesPerSecond;

	final Duration round;

	final AtomicLong accepted = new AtomicLong();

	final AtomicLong downloaded = new AtomicLong();

	final AtomicLong finished = new AtomicLong();

	final AtomicBoolean over = new AtomicBoolean();

	final AtomicBoolean downloading = new AtomicBoolean();

	Downloads(Path folder, Process gateway, int port, double megabytesPerSecond, Duration round) {
		this.folder = folder;
		this.round = round;
		this.gateway = gateway;
		this.base = "http://127.0.0.1:" + port;
		this.bytesPerSecond = (long) (megabytesPerSecond * 1_000_000);
	}

	static void main(String[] args) throws Exception {
		int rounds = (args.length > 0) ? Integer.parseInt(args[0]) : 3;
		double rate = (args.length > 1) ? Double.parseDouble(args[1]) : 2;
		int seconds = (args.length > 2) ? Integer.parseInt(args[2]) : 20;
		Path folder = Files.createTempDirectory("downloads");
		int port = freePort();
		Process gateway = start(folder, port);
		try {
			new Downloads(folder, gateway, port, rate, Duration.ofSeconds(seconds)).run(rounds);
		}
		finally {
			gateway.destroy();
			gateway.waitFor();
			remove(folder);
		}
	}

	static Path jar() throws IOException {
		String named = System.getenv("GATEWAY_JAR");
		if (named != null) {
			return Path.of(named);
		}
		try (Stream<Path> files = Files.list(Path.of("target"))) {
			return files.filter((file) -> file.getFileName().toString().matches("wan-gateway-.*\\.jar"))
				.findFirst()
				.orElseThrow(() -> new IllegalStateException("No jar: mvn -DskipTests package"));
		}
	}

	static Process start(Path folder, int port) throws IOException {
		List<String> command = new ArrayList<>(
				List.of(ProcessHandle.current().info().command().orElse("java"), "-Xmx256m"));
		String options = System.getenv("GATEWAY_JVM");
		if (options != null) {
			command.addAll(List.of(options.split(" ")));
		}
		command.addAll(List.of("-jar", jar().toString()));
		ProcessBuilder builder = new ProcessBuilder(command);
		builder.environment().put("GATEWAY_DATA_DIR", folder.toString());
		builder.environment().put("SERVER_PORT", Integer.toString(port));
		builder.environment().put("MANAGEMENT_SERVER_PORT", Integer.toString(freePort()));
		builder.environment().put("GATEWAY_SANDBOX_PORT", "0");
		return builder.redirectErrorStream(true).redirectOutput(folder.resolve("gateway.log").toFile()).start();
	}

	static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	void run(int rounds) throws Exception {
		awaitReady();
		List<String> keys = teams(Files.readString(this.folder.resolve("admin.key")).strip());
		String url = upload(keys.getFirst());
		System.out.printf("%s: %d callers of %d MB%s, %d submitters%n", this.gateway.info().command().orElse("java"), CALLERS,
				SIZE >> 20, (this.bytesPerSecond > 0) ? ", each at most %,d bytes/s".formatted(this.bytesPerSecond) : "",
				SUBMITTERS);
		List<Double> without = new ArrayList<>();
		List<Double> with = new ArrayList<>();
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<?>> all = new ArrayList<>();
			for (int i = 0; i < SUBMITTERS; i++) {
				String key = keys.get(i);
				all.add(threads.submit(() -> submit(key)));
			}
			for (int i = 0; i < CALLERS; i++) {
				all.add(threads.submit(() -> download(URI.create(url))));
			}
			// The compiler is at work for as long.
			round(false);
			round(false);
			for (int i = 0; i < rounds; i++) {
				without.add(round(false));
				with.add(round(true));
			}
			without.add(round(false));
			this.over.set(true);
			for (Future<?> one : all) {
				one.get();
			}
		}
		double ratio = mean(with) / mean(without);
		System.out.printf("each round with to the mean of its neighbours: %s%n", IntStream.range(0, rounds)
			.mapToObj((i) -> "%.3f".formatted(with.get(i) * 2 / (without.get(i) + without.get(i + 1))))
			.toList());
		System.out.printf("accepted/s without %.0f, with %.0f: ratio %.3f; %d downloads whole, %s%n", mean(without),
				mean(with), ratio, this.finished.get(), memory(this.gateway));
		if (Files.readString(this.folder.resolve("gateway.log")).contains("OutOfMemoryError")) {
			throw new IllegalStateException("The gateway ran out of memory");
		}
	}

	/** Accept for a while and return the rate. */
	double round(boolean withDownloads) throws InterruptedException {
		this.downloading.set(withDownloads);
		Thread.sleep(1000);
		Cpu cpu = Cpu.of(this.gateway);
		long before = this.accepted.get();
		long bytes = this.downloaded.get();
		long start = System.nanoTime();
		Thread.sleep(this.round);
		double seconds = (System.nanoTime() - start) / 1e9;
		double rate = (this.accepted.get() - before) / seconds;
		System.out.printf("%-8s accepted/s %.0f, downloaded MB/s %.0f; processors: %s%n",
				withDownloads ? "with" : "without", rate, (this.downloaded.get() - bytes) / seconds / 1e6,
				Cpu.of(this.gateway).since(cpu, seconds));
		return rate;
	}

	/**
	 * Processor time used so far, in seconds.
	 *
	 * @param gateway by the gateway
	 * @param client by this program
	 */
	record Cpu(double gateway, double client) {

		static Cpu of(Process gateway) {
			return new Cpu(seconds(gateway.toHandle()), seconds(ProcessHandle.current()));
		}

		private static double seconds(ProcessHandle process) {
			return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis() / 1e3;
		}

		String since(Cpu before, double seconds) {
			return "gateway %.2f, client %.2f".formatted((this.gateway - before.gateway) / seconds,
					(this.client - before.client) / seconds);
		}

	}

	static double mean(List<Double> values) {
		return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
	}

	void submit(String key) {
		byte[] body = """
				{"model":"wan2.6-flash","image_urls":["https://example.com/a.png"],"prompt":"A cat on a couch"}"""
			.getBytes(StandardCharsets.UTF_8);
		while (!this.over.get()) {
			post("/v1/videos/generations", key, "application/json", body);
			this.accepted.incrementAndGet();
		}
	}

	void download(URI url) {
		ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
		while (!this.over.get()) {
			if (this.downloading.get()) {
				download(url, buffer);
			}
			else {
				pause(Duration.ofMillis(20));
			}
		}
	}

	/**
	 * A download that is under way when its round ends is broken off, as people do. What
	 * comes is thrown away by the buffer, since this process has the same processors.
	 */
	void download(URI url, ByteBuffer buffer) {
		try (SocketChannel connection = SocketChannel.open(new InetSocketAddress(url.getHost(), url.getPort()))) {
			connection.write(ByteBuffer.wrap("GET %s?%s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
				.formatted(url.getPath(), url.getQuery(), url.getAuthority())
				.getBytes(StandardCharsets.US_ASCII)));
			long start = System.nanoTime();
			long size = 0;
			for (int read = beginning(connection, buffer); read >= 0; read = connection.read(buffer.clear())) {
				size += read;
				this.downloaded.addAndGet(read);
				pace(start, size);
				if (!this.downloading.get()) {
					return;
				}
			}
			if (size != SIZE) {
				throw new IllegalStateException("%d bytes instead of %d".formatted(size, SIZE));
			}
			this.finished.incrementAndGet();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Read the answer's head, and return how much of the content came with it. */
	static int beginning(SocketChannel connection, ByteBuffer buffer) throws IOException {
		buffer.clear();
		String text = "";
		while (!text.contains("\r\n\r\n")) {
			if (connection.read(buffer) < 0) {
				throw new IllegalStateException("An answer without a head: " + text);
			}
			text = StandardCharsets.ISO_8859_1.decode(buffer.duplicate().flip()).toString();
		}
		String head = text.substring(0, text.indexOf("\r\n\r\n") + 4);
		if (!head.startsWith("HTTP/1.1 200")) {
			throw new IllegalStateException(head);
		}
		return text.length() - head.length();
	}

	void pace(long start, long size) {
		if (this.bytesPerSecond > 0) {
			long due = start + (long) (size * 1e9 / this.bytesPerSecond);
			long wait = due - System.nanoTime();
			if (wait > 1_000_000) {
				pause(Duration.ofNanos(wait));
			}
		}
	}

	static void pause(Duration duration) {
		try {
			Thread.sleep(duration);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	void awaitReady() throws IOException {
		for (int i = 0; i < 3000 && this.gateway.isAlive(); i++) {
			try {
				HttpURLConnection ready = (HttpURLConnection) URI.create(this.base + "/readyz").toURL().openConnection();
				if (ready.getResponseCode() == 200) {
					return;
				}
			}
			catch (IOException _) {
				// Not yet.
			}
			pause(Duration.ofMillis(200));
		}
		throw new IllegalStateException(Files.readString(this.folder.resolve("gateway.log")));
	}

	/** A team of its own for each submitter, so that no limit of a team or key counts. */
	List<String> teams(String admin) {
		List<String> keys = new ArrayList<>();
		for (int i = 0; i < SUBMITTERS; i++) {
			String team = field("id", post("/v1/admin/teams", admin, "application/json", """
					{"name":"downloads %d","max_queued":1000000,"upload_quota_bytes":1000000000}""".formatted(i)
				.getBytes(StandardCharsets.UTF_8)));
			keys.add(field("key", post("/v1/admin/teams/" + team + "/keys", admin, "application/json", """
					{"name":"bench","livemode":false,"requests_per_minute":1000000}""".getBytes(StandardCharsets.UTF_8))));
		}
		return keys;
	}

	/** Bring the video: the simulator's, with a box behind it that players pass over. */
	String upload(String key) throws IOException {
		byte[] film = Files.readAllBytes(Path.of("src/main/resources/sandbox/1280x720.mp4"));
		ByteBuffer video = ByteBuffer.allocate(SIZE)
			.put(film)
			.putInt(SIZE - film.length)
			.put("free".getBytes(StandardCharsets.US_ASCII));
		ByteArrayOutputStream form = new ByteArrayOutputStream();
		form.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.mp4\"\r\n\r\n")
			.getBytes(StandardCharsets.US_ASCII));
		form.writeBytes(video.array());
		form.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
		String answer = post("/v1/uploads/videos", key, "multipart/form-data; boundary=" + BOUNDARY, form.toByteArray());
		return this.base + URI.create(field("url", answer)).getPath() + "?" + URI.create(field("url", answer)).getQuery();
	}

	String post(String path, String key, String contentType, byte[] body) {
		try {
			HttpURLConnection connection = (HttpURLConnection) URI.create(this.base + path).toURL().openConnection();
			connection.setRequestMethod("POST");
			connection.setRequestProperty("Authorization", "Bearer " + key);
			connection.setRequestProperty("Content-Type", contentType);
			connection.setDoOutput(true);
			connection.setFixedLengthStreamingMode(body.length);
			try (OutputStream out = connection.getOutputStream()) {
				out.write(body);
			}
			boolean fine = connection.getResponseCode() / 100 == 2;
			try (InputStream answer = fine ? connection.getInputStream() : connection.getErrorStream()) {
				String text = new String(answer.readAllBytes(), StandardCharsets.UTF_8);
				if (!fine) {
					throw new IllegalStateException(path + " answered " + text);
				}
				return text;
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static String field(String name, String json) {
		Matcher field = Pattern.compile("\"" + name + "\":\"([^\"]+)\"").matcher(json);
		if (!field.find()) {
			throw new IllegalStateException("No %s in %s".formatted(name, json));
		}
		return field.group(1);
	}

	static String memory(Process gateway) throws IOException {
		Path status = Path.of("/proc/%d/status".formatted(gateway.pid()));
		if (!Files.exists(status)) {
			return "memory unknown here";
		}
		return "gateway " + String.join(", ",
				Files.readAllLines(status)
					.stream()
					.filter((line) -> line.startsWith("VmHWM") || line.startsWith("VmRSS"))
					.map((line) -> line.replaceAll("\\s+", " "))
					.toList());
	}

	static void remove(Path folder) throws IOException {
		try (Stream<Path> files = Files.walk(folder)) {
			files.sorted(Comparator.reverseOrder()).forEach((file) -> file.toFile().delete());
		}
	}

}
