package io.wangateway.generation;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.wangateway.ledger.Ledger;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Erases what teams wrote, once a task has ended long enough ago: prompts, URLs and
 * timelines. What the books and reports need stays: seconds, amounts, outcomes, labels.
 * It goes through time from one mark to the next, by when tasks ended, so that what is
 * erased already is not looked at again.
 */
@Component
class Erasure {

	private static final Duration INTERVAL = Duration.ofHours(1);

	/** How much time a transaction covers. */
	private static final Duration STEP = Duration.ofMinutes(10);

	/** How long the answer to a request with an Idempotency-Key is kept, at least. */
	private static final Duration KEPT = Duration.ofHours(25);

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final Ledger ledger;

	private final ErasureSettings settings;

	Erasure(JdbcClient jdbc, TransactionTemplate transaction, Ledger ledger, ErasureSettings settings) {
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.ledger = ledger;
		this.settings = settings;
	}

	@Bean
	static Task<Void> erasureJob(Erasure erasure) {
		return Tasks.recurring("erase-old-contents", FixedDelay.of(INTERVAL)).execute((_, _) -> {
			erasure.sweepIdempotencyRecords();
			erasure.erase();
		});
	}

	/**
	 * Nothing is replayed after a day. The rest of the hour is for clocks that differ.
	 */
	void sweepIdempotencyRecords() {
		this.transaction
			.executeWithoutResult((_) -> this.jdbc.sql("delete from idempotency_record where created_at < :before")
				.param("before", sql(this.ledger.now().minus(KEPT)))
				.update());
	}

	/** Erase all whose time has come. */
	void erase() {
		if (this.settings.after().isZero()) {
			return;
		}
		boolean more = true;
		while (more && !Thread.currentThread().isInterrupted()) {
			more = Boolean.TRUE.equals(this.transaction.execute((_) -> step()));
		}
	}

	private boolean step() {
		Instant before = this.ledger.now().minus(this.settings.after());
		Instant start = start();
		if (start == null || !start.isBefore(before)) {
			return false;
		}
		Instant end = start.plus(STEP).isBefore(before) ? start.plus(STEP) : before;
		erase("""
				update generation_content c set request = null, trace_id = null
				  from generation g
				 where g.id = c.generation_id and c.request is not null and g.ended_at >= :start and g.ended_at < :end""",
				start, end);
		erase("""
				delete from generation_step s
				 using generation g
				 where g.id = s.generation_id and g.ended_at >= :start and g.ended_at < :end""", start, end);
		erase("""
				delete from recorded_attempt a
				 using generation g
				 where g.id = a.generation_id and g.ended_at >= :start and g.ended_at < :end""", start, end);
		erase("""
				update generation g
				   set video_url = case when state = 'SUCCEEDED' then '' end, upstream_message = null
				 where ended_at >= :start and ended_at < :end and (video_url <> '' or upstream_message is not null)""",
				start, end);
		this.jdbc.sql("update erased_until set until = :end").param("end", sql(end)).update();
		return end.isBefore(before);
	}

	/** Return where the last step ended, at first when the oldest task was made. */
	private @Nullable Instant start() {
		OffsetDateTime start = this.jdbc.sql("""
				select case when until > 'epoch' then until
				            else (select min(created_at)
				                    from (select created_at from generation order by id limit 1000) oldest) end as start
				  from erased_until for update""")
			.query((row, _) -> Optional.ofNullable(row.getObject("start", OffsetDateTime.class)))
			.single()
			.orElse(null);
		return (start != null) ? start.toInstant() : null;
	}

	private void erase(String statement, Instant start, Instant end) {
		this.jdbc.sql(statement).param("start", sql(start)).param("end", sql(end)).update();
	}

	private static OffsetDateTime sql(Instant time) {
		return time.atOffset(ZoneOffset.UTC);
	}

}
