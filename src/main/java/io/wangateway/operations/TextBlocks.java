package io.wangateway.operations;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;

import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.DataClassRowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps the words of what teams wrote at hand, once tasks have ended, in steps of a
 * quarter of an hour: beside the way of accepting, which has nothing to do with it. Goes
 * with the texts when they are erased.
 */
@Component
class TextBlocks {

	private static final Duration INTERVAL = Duration.ofMinutes(1);

	private static final Duration STEP = Duration.ofMinutes(15);

	/** A longer step, for what lies further back. */
	private static final Duration LEAP = Duration.ofHours(4);

	private static final Duration FAR_BEHIND = Duration.ofHours(8);

	/** Small enough to be read for nothing, large enough to be few. */
	private static final int TASKS = 128;

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	TextBlocks(JdbcClient jdbc, TransactionTemplate transaction) {
		this.jdbc = jdbc;
		this.transaction = transaction;
	}

	@Bean
	static Task<Void> textBlocksJob(TextBlocks blocks) {
		return Tasks.recurring("index-texts", FixedDelay.of(INTERVAL)).execute((_, _) -> blocks.catchUp());
	}

	void catchUp() {
		this.jdbc.sql("delete from text_block b using erased_mark m where b.ended_by <= m.until").update();
		boolean more = true;
		while (more && !Thread.currentThread().isInterrupted()) {
			more = Boolean.TRUE.equals(this.transaction.execute((_) -> advance()));
		}
	}

	/** Return whether more may be ready. */
	private boolean advance() {
		Optional<Instant> start = start();
		Instant quiet = time("select quiet_since()").orElseThrow();
		Optional<Instant> end = start.map((at) -> at.plus(at.plus(FAR_BEHIND).isBefore(quiet) ? LEAP : STEP))
			.filter((at) -> !at.isAfter(quiet));
		end.ifPresent((at) -> add(start.orElseThrow(), at));
		return end.isPresent();
	}

	private void add(Instant start, Instant end) {
		List<Text> texts = this.jdbc.sql("""
				select id, prompt, error_message, upstream_message
				  from generation_text
				 where ended_at >= :start and ended_at < :end
				 order by id""")
			.param("start", sql(start))
			.param("end", sql(end))
			.query(DataClassRowMapper.newInstance(Text.class))
			.list();
		for (int i = 0; i < texts.size(); i += TASKS) {
			add(texts.subList(i, Math.min(i + TASKS, texts.size())), end);
		}
		this.jdbc.sql("update text_indexed set until = :end").param("end", sql(end)).update();
	}

	/** Return where the last step ended, or what is not erased begins. */
	private Optional<Instant> start() {
		Instant until = time("select until from text_indexed for update").orElseThrow();
		Instant erased = time("select until from erased_mark").orElseThrow();
		Instant start = until.isBefore(erased) ? erased : until;
		return start.isAfter(Instant.EPOCH) ? Optional.of(start) : time("""
				select min(created_at) from (select created_at from generation_record order by id limit 1000) oldest
				having min(created_at) is not null""");
	}

	private void add(List<Text> texts, Instant end) {
		Set<Integer> words = new HashSet<>();
		texts.forEach((text) -> words.addAll(text.terms()));
		this.jdbc.sql("""
				insert into text_block (ended_by, oldest, newest, ids, words)
				values (:end, :oldest, :newest, :ids, :words)""")
			.param("end", sql(end))
			.param("oldest", texts.getFirst().id())
			.param("newest", texts.getLast().id())
			.param("ids", texts.stream().map(Text::id).toArray(UUID[]::new))
			.param("words", words.toArray(Integer[]::new))
			.update();
	}

	private Optional<Instant> time(String sql) {
		return this.jdbc.sql(sql).query(OffsetDateTime.class).optional().map(OffsetDateTime::toInstant);
	}

	private static OffsetDateTime sql(Instant time) {
		return time.atOffset(ZoneOffset.UTC);
	}

}
