package io.wangateway.drills;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Teams that ask for videos, of any replica, and don't give up: whatever is not answered
 * with 200 is asked for again with the same Idempotency-Key. It remembers what was
 * accepted, and how requests were refused.
 */
final class Traffic implements AutoCloseable {

	private static final int SENDERS = 8;

	private static final long SLOW_MILLIS = 3000;

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	private static final Pattern ID = Pattern.compile("\"id\":\"(video_\\w+)\"");

	private static final Pattern REQUEST_ID = Pattern.compile("\"request_id\":\"(\\w+)\"");

	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

	private final AtomicInteger next;

	private final Map<Integer, String> accepted = new ConcurrentHashMap<>();

	private final Map<Integer, AtomicInteger> statuses = new ConcurrentSkipListMap<>();

	private final AtomicInteger withoutRetryAfter = new AtomicInteger();

	private final AtomicLong slowestRefusalMillis = new AtomicLong();

	private final AtomicInteger givenUp = new AtomicInteger();

	/** Answers that should not be, so that their request ids can be found in the logs. */
	private final Queue<String> oddities = new ConcurrentLinkedQueue<>();

	private final List<Gateway> gateways;

	private final List<String> keys;

	private final IntFunction<String> body;

	private final int end;

	private final long pauseMillis;

	private volatile boolean open = true;

	/**
	 * Begin.
	 * @param gateways whom to ask
	 * @param keys the teams' keys
	 * @param body makes the request with a number
	 * @param first the number of the first request
	 * @param end the number after the last one, unless it is stopped before
	 * @param perSecond how many a second, at most
	 */
	Traffic(List<Gateway> gateways, List<String> keys, IntFunction<String> body, int first, int end, int perSecond) {
		this.gateways = gateways;
		this.keys = keys;
		this.body = body;
		this.next = new AtomicInteger(first);
		this.end = end;
		this.pauseMillis = 1000L * SENDERS / perSecond;
		for (int i = 0; i < SENDERS; i++) {
			this.threads.execute(this::send);
		}
	}

	private void send() {
		List<HttpConnection> connections = new ArrayList<>();
		this.gateways.forEach((gateway) -> connections.add(new HttpConnection(gateway.port(), 8_000)));
		try {
			for (int n = this.next.getAndIncrement(); n < this.end && this.open; n = this.next.getAndIncrement()) {
				persist(connections, n);
				Thread.sleep(this.pauseMillis);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			connections.forEach(HttpConnection::close);
		}
	}

	private void persist(List<HttpConnection> connections, int number) throws InterruptedException {
		byte[] request = HttpConnection.request("POST", "/v1/videos/generations",
				this.keys.get(number % this.keys.size()), "Idempotency-Key: drill-" + number + "\r\n",
				this.body.apply(number));
		long deadline = System.nanoTime() + PATIENCE.toNanos();
		while (System.nanoTime() < deadline) {
			HttpConnection connection = connections.get(ThreadLocalRandom.current().nextInt(connections.size()));
			if (ask(connection, request, number)) {
				return;
			}
			Thread.sleep(100);
		}
		this.givenUp.incrementAndGet();
	}

	private boolean ask(HttpConnection connection, byte[] request, int number) {
		long start = System.nanoTime();
		int status;
		try {
			status = connection.send(request);
		}
		catch (IOException ex) {
			status = 0;
		}
		long millis = (System.nanoTime() - start) / 1_000_000;
		this.statuses.computeIfAbsent(status, (_) -> new AtomicInteger()).incrementAndGet();
		if (status != 200 && status != 0 && (status != 503 || millis > SLOW_MILLIS)) {
			this.oddities.add("%d after %d ms: %s".formatted(status, millis, connection.body()));
		}
		if (status == 503) {
			this.slowestRefusalMillis.accumulateAndGet(millis, Math::max);
			if (!connection.head().contains("\r\nRetry-After: ")) {
				this.withoutRetryAfter.incrementAndGet();
			}
		}
		if (status != 200) {
			return false;
		}
		Matcher id = ID.matcher(connection.body());
		if (!id.find()) {
			throw new IllegalStateException(connection.body());
		}
		this.accepted.put(number, id.group(1));
		return true;
	}

	/** Wait until every request was accepted or given up. */
	void finish() throws InterruptedException {
		this.threads.shutdown();
		if (!this.threads.awaitTermination(1, TimeUnit.HOURS)) {
			throw new IllegalStateException("Requests are still being made");
		}
	}

	/** Make no new requests, and finish. */
	void stop() throws InterruptedException {
		this.open = false;
		finish();
	}

	/** What was accepted, by the number of the request. */
	Map<Integer, String> accepted() {
		return this.accepted;
	}

	/** Requests that were answered with 503 but not told when to try again. */
	int withoutRetryAfter() {
		return this.withoutRetryAfter.get();
	}

	/** How long the slowest answer with 503 took. */
	Duration slowestRefusal() {
		return Duration.ofMillis(this.slowestRefusalMillis.get());
	}

	/** How often each status was the answer; 0 for none. */
	Map<Integer, AtomicInteger> statuses() {
		return this.statuses;
	}

	/** Requests that no answer came to. */
	int unanswered() {
		AtomicInteger none = this.statuses.get(0);
		return (none != null) ? none.get() : 0;
	}

	/** The request ids of answers that should not be, a few of them. */
	List<String> oddRequests() {
		return this.oddities.stream()
			.map(REQUEST_ID::matcher)
			.filter(Matcher::find)
			.map((id) -> id.group(1))
			.limit(5)
			.toList();
	}

	int givenUp() {
		return this.givenUp.get();
	}

	@Override
	public void close() {
		this.open = false;
		this.threads.shutdownNow();
	}

	@Override
	public String toString() {
		return "%d accepted, answers %s, %d given up, slowest 503 %d ms%s".formatted(this.accepted.size(),
				this.statuses, this.givenUp.get(), this.slowestRefusalMillis.get(),
				this.oddities.stream().limit(20).collect(Collectors.joining("\n  ", "\n  ", "")));
	}

}
