package io.wangateway;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.awaitility.Awaitility.await;

/**
 * A real browser with one page, told what to do over its DevTools protocol, and without
 * any library for it. It runs where Chromium is installed.
 */
public final class Chromium implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final Path profile;

	private final Process process;

	private final HttpClient client = HttpClient.newHttpClient();

	private final WebSocket page;

	private final AtomicInteger calls = new AtomicInteger();

	private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();

	private final List<String> complaints = new CopyOnWriteArrayList<>();

	private final List<String> parts = new CopyOnWriteArrayList<>();

	/**
	 * Start the browser.
	 * @param program where it is
	 */
	public Chromium(Path program) throws IOException {
		this.profile = Files.createTempDirectory("chromium");
		this.process = new ProcessBuilder(program.toString(), "--headless", "--no-sandbox", "--disable-gpu",
				"--no-first-run", "--disable-background-networking", "--remote-debugging-port=0",
				"--window-size=1280,1000", "--user-data-dir=" + this.profile, "about:blank")
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		this.page = connect();
		call("Runtime.enable", "{}");
		call("Log.enable", "{}");
		call("Network.enable", "{}");
	}

	/** Return where the browser is, if it is installed. */
	public static Optional<Path> program() {
		return Stream.of("chromium", "chromium-browser", "google-chrome")
			.map((name) -> Path.of("/usr/bin", name))
			.filter(Files::isExecutable)
			.findFirst();
	}

	/** Open a page. */
	public void open(String url) {
		call("Page.navigate", JsonMapper.shared().writeValueAsString(Map.of("url", url)));
	}

	/** Wait until there is something on the page, and return the text in it. */
	public String text(String selector) {
		return await().atMost(PATIENCE).until(() -> run("""
				const found = document.querySelector(%s);
				return found ? found.innerText + " " : "";""".formatted(quoted(selector))), (text) -> !text.isEmpty());
	}

	/** Wait until there is something on the page, and press it. */
	public void click(String selector) {
		text(selector);
		run("document.querySelector(%s).click(); return '';".formatted(quoted(selector)));
	}

	/** Type into a field. */
	public void type(String selector, String text) {
		text(selector);
		run("""
				const field = document.querySelector(%s);
				Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(field, %s);
				field.dispatchEvent(new Event("input", { bubbles: true }));
				return "";""".formatted(quoted(selector), quoted(text)));
	}

	/**
	 * Return what the browser complained about: errors of scripts and refused content.
	 */
	public List<String> complaints() {
		return List.copyOf(this.complaints);
	}

	/**
	 * Return what the browser was given of files that it asked for in parts: the headers
	 * {@code Content-Range} of answers with the status 206, in their order.
	 */
	public List<String> parts() {
		return List.copyOf(this.parts);
	}

	/**
	 * Run a script on the page.
	 * @param body the body of a function
	 * @return what it returns
	 */
	public String run(String body) {
		JsonNode answer = call("Runtime.evaluate", JsonMapper.shared()
			.writeValueAsString(Map.of("expression", "(() => { %s })()".formatted(body), "returnByValue", true)));
		if (answer.at("/result/exceptionDetails").isObject()) {
			throw new AssertionError(answer.toString());
		}
		return answer.at("/result/result/value").asString("");
	}

	private JsonNode call(String method, String parameters) {
		int id = this.calls.incrementAndGet();
		CompletableFuture<JsonNode> answer = new CompletableFuture<>();
		this.answers.put(id, answer);
		this.page.sendText("{\"id\":%d,\"method\":\"%s\",\"params\":%s}".formatted(id, method, parameters), true)
			.join();
		return answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
	}

	/** The browser writes down which port it took. */
	private WebSocket connect() {
		Path file = this.profile.resolve("DevToolsActivePort");
		String url = await().atMost(PATIENCE).ignoreExceptions().until(() -> {
			String port = Files.readAllLines(file).getFirst();
			String targets = this.client
				.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:%s/json/list".formatted(port))).build(),
						BodyHandlers.ofString())
				.body();
			return JsonMapper.shared()
				.readTree(targets)
				.valueStream()
				.filter((target) -> target.get("type").stringValue().equals("page"))
				.findFirst()
				.orElseThrow()
				.get("webSocketDebuggerUrl")
				.stringValue();
		}, (found) -> !found.isEmpty());
		return this.client.newWebSocketBuilder().buildAsync(URI.create(url), new Listener()).join();
	}

	private void hear(JsonNode message) {
		if (message.has("id")) {
			this.answers.remove(message.get("id").intValue()).complete(message);
		}
		else if (message.path("method").stringValue("").equals("Runtime.exceptionThrown")
				|| message.at("/params/entry/level").stringValue("").equals("error")) {
			this.complaints.add(message.get("params").toString());
		}
		else if (message.path("method").stringValue("").equals("Network.responseReceived")
				&& message.at("/params/response/status").intValue(0) == 206) {
			this.parts.add(message.at("/params/response/headers/Content-Range").stringValue(""));
		}
	}

	private static String quoted(String text) {
		return JsonMapper.shared().writeValueAsString(text);
	}

	@Override
	public void close() throws IOException {
		this.page.abort();
		this.process.descendants().forEach(ProcessHandle::destroyForcibly);
		this.process.destroyForcibly();
		try {
			this.process.waitFor();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.client.close();
		FileSystemUtils.deleteRecursively(this.profile);
	}

	/** Puts messages together again. */
	private final class Listener implements WebSocket.Listener {

		private final StringBuilder text = new StringBuilder();

		@Override
		public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
			this.text.append(data);
			if (last) {
				hear(JsonMapper.shared().readTree(this.text.toString()));
				this.text.setLength(0);
			}
			return WebSocket.Listener.super.onText(socket, data, last);
		}

	}

}
