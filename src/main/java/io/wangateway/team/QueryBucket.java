package io.wangateway.team;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

import io.wangateway.web.ApiException;
import io.wangateway.web.ErrorCode;
import io.wangateway.web.RateLimit;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What this replica has drawn of one key's allowance of queries and not handed out yet.
 * When it is empty it draws the next batch from the database, and when that has none
 * either it does not ask again before there is one.
 */
class QueryBucket {

	/** So that a busy key draws about five times a second. */
	private static final int DRAWS_PER_MINUTE = 300;

	private static final int LARGEST_BATCH = 200;

	private final KeyId key;

	private final JdbcClient jdbc;

	private final Clock clock;

	/** Not a monitor, because the holder waits for the database. */
	private final ReentrantLock lock = new ReentrantLock();

	/** How often it has drawn, or has tried to. */
	private final AtomicInteger draws = new AtomicInteger();

	/** Why the last draw failed. */
	private @Nullable RuntimeException failure;

	private int drawn;

	private int left;

	private Instant fullAt;

	private Instant emptyUntil;

	QueryBucket(KeyId key, JdbcClient jdbc, Clock clock) {
		this.key = key;
		this.jdbc = jdbc;
		this.clock = clock;
		this.fullAt = clock.instant();
		this.emptyUntil = this.fullAt;
	}

	/**
	 * Take one token.
	 * @param perMinute the key's limit
	 * @return how the key stands now, and whether it got one
	 */
	Taken take(int perMinute) {
		int seen = this.draws.get();
		this.lock.lock();
		try {
			if (this.failure != null && this.draws.get() != seen) {
				// A database that is away is waited for once, not by one after the other.
				throw this.failure;
			}
			Instant now = this.clock.instant();
			if (this.drawn == 0 && !now.isBefore(this.emptyUntil)) {
				tryToDraw(Math.clamp(perMinute / DRAWS_PER_MINUTE, 1, LARGEST_BATCH), now);
			}
			boolean granted = this.drawn > 0;
			if (granted) {
				this.drawn--;
			}
			return new Taken(granted, new RateLimit("async_query", perMinute, this.drawn + this.left, this.fullAt),
					Duration.between(now, this.emptyUntil));
		}
		finally {
			this.lock.unlock();
		}
	}

	private void tryToDraw(int batch, Instant now) {
		try {
			draw(batch, now);
			this.failure = null;
		}
		catch (RuntimeException ex) {
			this.failure = ex;
			throw ex;
		}
		finally {
			this.draws.incrementAndGet();
		}
	}

	private void draw(int batch, Instant now) {
		this.jdbc.sql("select granted, remaining, full_in, wait from draw_query_tokens(:key, :batch)")
			.param("key", this.key.value())
			.param("batch", batch)
			.query((row) -> {
				this.drawn = row.getInt("granted");
				this.left = row.getInt("remaining");
				this.fullAt = now.plus(seconds(row.getDouble("full_in")));
				this.emptyUntil = (this.drawn > 0) ? now : now.plus(seconds(row.getDouble("wait")));
			});
	}

	private static Duration seconds(double seconds) {
		return Duration.ofMillis((long) Math.ceil(seconds * 1000));
	}

	/**
	 * What came of asking for a token.
	 *
	 * @param granted whether there was one
	 * @param standing how the key stands now
	 * @param retryAfter how long until there is one, where there was none
	 */
	record Taken(boolean granted, RateLimit standing, Duration retryAfter) {

		ApiException refusal() {
			return new ApiException(ErrorCode.RATE_LIMIT_EXCEEDED,
					"This key may ask %d times a minute, and has".formatted(this.standing.limit()))
				.retryAfter(this.retryAfter);
		}

	}

}
