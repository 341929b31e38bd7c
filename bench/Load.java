import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;

import io.wangateway.drills.HttpConnection;

/** Sends requests over keep-alive connections, each with a thread of its own. */
final class Load {

	private final int port;

	private final int connections;

	private final Requests requests;

	Load(int port, int connections, Requests requests) {
		this.port = port;
		this.connections = connections;
		this.requests = requests;
	}

	/** Closed loop: each connection sends its next request when it has its answer. */
	Result asFastAsPossible(double seconds) throws Exception {
		long end = System.nanoTime() + (long) (seconds * 1e9);
		return run(() -> {
			Recorder recorder = new Recorder();
			try (HttpConnection connection = new HttpConnection(this.port, 30_000)) {
				for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
					recorder.send(connection, this.requests.next(ThreadLocalRandom.current()), now);
				}
			}
			return recorder;
		});
	}

	/**
	 * Open loop: requests start at a fixed rate, whether or not others have been
	 * answered; what one of them takes counts from when it should have started.
	 */
	Result atRate(double perSecond, double seconds) throws Exception {
		AtomicLong next = new AtomicLong();
		long total = (long) (perSecond * seconds);
		long start = System.nanoTime() + 100_000_000;
		return run(() -> {
			Recorder recorder = new Recorder();
			try (HttpConnection connection = new HttpConnection(this.port, 30_000)) {
				for (long i = next.getAndIncrement(); i < total; i = next.getAndIncrement()) {
					byte[] request = this.requests.next(ThreadLocalRandom.current());
					long intended = start + (long) (i * 1e9 / perSecond);
					for (long wait = intended - System.nanoTime(); wait > 0; wait = intended - System.nanoTime()) {
						LockSupport.parkNanos(wait);
					}
					recorder.send(connection, request, intended);
				}
			}
			return recorder;
		});
	}

	private Result run(Callable<Recorder> sender) throws Exception {
		long start = System.nanoTime();
		try (ExecutorService threads = Executors.newFixedThreadPool(this.connections)) {
			List<Future<Recorder>> all = new ArrayList<>();
			for (int i = 0; i < this.connections; i++) {
				all.add(threads.submit(sender));
			}
			Map<Integer, Integer> statuses = new TreeMap<>();
			LongStream nanos = LongStream.empty();
			for (Future<Recorder> each : all) {
				Recorder recorder = each.get();
				recorder.statuses.forEach((status, count) -> statuses.merge(status, count, Integer::sum));
				nanos = LongStream.concat(nanos, Arrays.stream(recorder.nanos, 0, recorder.count));
			}
			return new Result(statuses, nanos.sorted().toArray(), (System.nanoTime() - start) / 1e9);
		}
	}

	/** What is sent. */
	interface Requests {

		byte[] next(ThreadLocalRandom random);

	}

	private static final class Recorder {

		private final Map<Integer, Integer> statuses = new TreeMap<>();

		private long[] nanos = new long[1 << 14];

		private int count;

		void send(HttpConnection connection, byte[] request, long since) {
			int status;
			try {
				status = connection.send(request);
			}
			catch (IOException ex) {
				status = 0;
			}
			this.statuses.merge(status, 1, Integer::sum);
			if (this.count == this.nanos.length) {
				this.nanos = Arrays.copyOf(this.nanos, this.count * 2);
			}
			this.nanos[this.count++] = System.nanoTime() - since;
		}

	}

	/**
	 * What came of it.
	 *
	 * @param statuses how many answers had which status; 0 for no answer
	 * @param nanos how long each took, the shortest first
	 * @param seconds how long the whole took
	 */
	record Result(Map<Integer, Integer> statuses, long[] nanos, double seconds) {

		double perSecond() {
			return this.statuses.getOrDefault(200, 0) / this.seconds;
		}

		double millis(double quantile) {
			return (this.nanos.length == 0) ? Double.NaN
					: this.nanos[(int) Math.min(this.nanos.length - 1L, (long) (quantile * this.nanos.length))] / 1e6;
		}

		@Override
		public String toString() {
			return "%,.0f/s  p50 %.2f ms  p99 %.2f ms  p99.9 %.2f ms  max %.0f ms  answers %s".formatted(perSecond(),
					millis(0.5), millis(0.99), millis(0.999), millis(1), this.statuses);
		}

	}

}
