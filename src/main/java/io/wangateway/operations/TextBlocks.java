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
import java.util.function.BooleanSupplier;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.wangateway.generation.GenerationId;

import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps the words of what teams wrote at hand soon after acceptance, and those of
 * messages once tasks have failed: beside the way of accepting, which has nothing to do
 * with it. Goes with the texts when they are erased.
 */
@Component
class TextBlocks {

	private static final Duration INTERVAL = Duration.ofMinutes(1);

	/** Of messages, which are few. */
	private static final Duration STEP = Duration.ofHours(1);

	/** Small enough to be read for nothing, large enough to be few. */
	private static final int TASKS = 128;

	/** How many blocks are made in one transaction. */
	private static final int BLOCKS = 32;

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
		forget();
		repeat(() -> addPrompts(quiet().minus(TaskConditions.CLOCKS)));
		repeat(this::addMessages);
	}

	private void forget() {
		this.jdbc.sql("""
				delete from text_block b
				 using erased_mark m
				 where b.since <= m.until
				   and not exists (select from unerased_generation g where g.id = any (b.ids))""").update();
	}

	private void repeat(BooleanSupplier step) {
		boolean more = true;
		while (more && !Thread.currentThread().isInterrupted()) {
			more = Boolean.TRUE.equals(this.transaction.execute((_) -> step.getAsBoolean()));
		}
	}

	/**
	 * Add full blocks of prompts; what is left is so little that searches read it.
	 * @param before up to which time of an id, by any replica's clock, all are there that
	 * will ever be
	 * @return whether more may be ready
	 */
	boolean addPrompts(Instant before) {
		UUID last = this.jdbc.sql("select prompts from text_indexed for update").query(UUID.class).single();
		List<Text> texts = this.jdbc.sql("""
				select id, prompt, null as error_message, null as upstream_message
				  from accepted_prompt
				 where id > :last and id < :ready
				 order by id
				 limit :most""")
			.param("last", last)
			.param("ready", GenerationId.lowestAt(before).value())
			.param("most", TASKS * BLOCKS)
			.query((row, _) -> Text.of(row))
			.list();
		int full = texts.size() - texts.size() % TASKS;
		if (full == 0) {
			return false;
		}
		UUID newest = texts.get(full - 1).id();
		add(texts.subList(0, full), Instant.ofEpochMilli(newest.getMostSignificantBits() >>> 16));
		this.jdbc.sql("update text_indexed set prompts = :newest").param("newest", newest).update();
		return texts.size() == TASKS * BLOCKS;
	}

	/** Add the messages of a step, and return whether more may be ready. */
	private boolean addMessages() {
		Optional<Instant> start = start();
		Optional<Instant> end = start.map((at) -> at.plus(STEP)).filter((at) -> !at.isAfter(quiet()));
		if (end.isEmpty()) {
			return false;
		}
		add(this.jdbc.sql("""
				select id, null as prompt, error_message, upstream_message
				  from failed_between(:start, :end)
				 order by id""")
			.param("start", sql(start.orElseThrow()))
			.param("end", sql(end.get()))
			.query((row, _) -> Text.of(row))
			.list(), end.get());
		this.jdbc.sql("update text_indexed set until = :end").param("end", sql(end.get())).update();
		return true;
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

	/** Return before when everything has happened that can. */
	private Instant quiet() {
		return time("select quiet_since()").orElseThrow();
	}

	private void add(List<Text> texts, Instant since) {
		for (int i = 0; i < texts.size(); i += TASKS) {
			addBlock(texts.subList(i, Math.min(i + TASKS, texts.size())), since);
		}
	}

	private void addBlock(List<Text> texts, Instant since) {
		Set<Integer> words = new HashSet<>();
		texts.forEach((text) -> words.addAll(text.terms()));
		if (words.isEmpty()) {
			return;
		}
		this.jdbc.sql("""
				insert into text_block (since, oldest, newest, ids, words)
				values (:since, :oldest, :newest, :ids, :words)""")
			.param("since", sql(since))
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
