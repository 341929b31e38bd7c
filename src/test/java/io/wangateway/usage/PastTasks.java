package io.wangateway.usage;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;

import com.github.f4b6a3.ulid.UlidCreator;
import io.wangateway.team.TeamId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Puts tasks of any time on record, with their entries in the books, as if they had been
 * accepted and settled then.
 */
class PastTasks {

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	PastTasks(JdbcClient jdbc, TransactionTemplate transaction) {
		this.jdbc = jdbc;
		this.transaction = transaction;
	}

	/**
	 * Return a task that can be changed and is then put on record by {@link Task#book}:
	 * live, 5 s from an image, 1080p with sound, completed, without labels.
	 * @param team whose it is, such as {@code team_7}
	 * @param settled when it was settled, in ISO 8601 with an offset
	 */
	Task task(String team, String settled) {
		return new Task(team, settled);
	}

	/**
	 * Post a correction.
	 * @param task what it is about, or {@code null} for the team in general
	 */
	void adjust(String team, @Nullable UUID task, String posted, String amount) {
		this.jdbc.sql("""
				insert into ledger_entry (generation_id, team_id, livemode, kind, amount, month, posted_at, reason)
				values (:task, :team, true, 'adjustment', :amount, books_month(:at), :at, 'goodwill')""")
			.param("task", task)
			.param("team", TeamId.of(team).value())
			.param("amount", new BigDecimal(amount))
			.param("at", OffsetDateTime.parse(posted))
			.update();
	}

	private UUID book(Task task) {
		UUID id = UlidCreator.getUlid(task.settled.toInstant().toEpochMilli()).toUuid();
		this.transaction.executeWithoutResult((_) -> insert(id, task));
		return id;
	}

	private void insert(UUID id, Task task) {
		boolean settled = !task.state.equals("RUNNING") && !task.state.equals("LOST");
		BigDecimal price = price(task);
		BigDecimal maximum = price.multiply(BigDecimal.valueOf(task.seconds + (task.mode.equals("r2v") ? 5 : 0)));
		BigDecimal charged = task.state.equals("SUCCEEDED") ? price.multiply(new BigDecimal(task.billed))
				: BigDecimal.ZERO;
		this.jdbc.sql("""
				insert into generation (id, team_id, key_id, livemode, model, mode, lane, resolution, seconds, audio,
				        price_id, unit_price, estimated_cost, maximum_cost, created_at, submitted_at, state,
				        ended_at, upstream_task_id, video_url, error_code, charged, billed_seconds)
				select :id, k.team_id, k.id, k.livemode, 'wan2.6-flash', :mode, l.name, :resolution, :seconds, :audio,
				       p.id, p.unit_price, p.unit_price * :seconds, :maximum, :at - interval '90 s',
				       case when :state <> 'CANCELLED' then cast(:at as timestamptz) - interval '60 s' end, :state,
				       case when :state <> 'RUNNING' then cast(:at as timestamptz) end, cast(:id as text),
				       case when :state = 'SUCCEEDED' then 'https://videos.example/1.mp4' end,
				       case when :state in ('FAILED', 'CANCELLED', 'LOST') then 'generation_failed' end,
				       case when :settled then cast(:charged as numeric) end,
				       case when :state = 'SUCCEEDED' then cast(:billed as numeric) end
				  from api_key k, lane l, price p
				 where k.id = coalesce(:key, (select min(id) from api_key
				                               where team_id = :team and livemode = :livemode))
				   and l.upstream_model like '%' || :mode || '-flash' and l.livemode = :livemode
				   and p.model = 'wan2.6-flash' and p.mode = :mode and p.resolution = :resolution
				   and p.audio = :audio and p.effective_from < '2026-01-02'""")
			.param("id", id)
			.param("team", TeamId.of(task.team).value())
			.param("key", task.key)
			.param("livemode", task.livemode)
			.param("mode", task.mode)
			.param("resolution", task.resolution)
			.param("seconds", task.seconds)
			.param("audio", task.audio)
			.param("maximum", maximum)
			.param("at", task.settled)
			.param("state", task.state)
			.param("settled", settled)
			.param("charged", charged)
			.param("billed", task.billed)
			.update();
		this.jdbc
			.sql("insert into generation_content (generation_id, request, labels) values (:id, '{}', :labels::jsonb)")
			.param("id", id)
			.param("labels", task.labels.isEmpty() ? null : JsonMapper.shared().writeValueAsString(task.labels))
			.update();
		post(id, task, "hold", maximum);
		if (settled) {
			post(id, task, "charge", charged);
			post(id, task, "release", maximum.subtract(charged));
		}
		else {
			hold(task, maximum);
		}
	}

	private void hold(Task task, BigDecimal amount) {
		this.jdbc.sql("""
				insert into account as a (team_id, livemode, held) values (:team, :livemode, :amount)
				    on conflict (team_id, livemode) do update set held = a.held + excluded.held""")
			.param("team", TeamId.of(task.team).value())
			.param("livemode", task.livemode)
			.param("amount", amount)
			.update();
	}

	private BigDecimal price(Task task) {
		return this.jdbc.sql("""
				select unit_price from price
				 where model = 'wan2.6-flash' and mode = :mode and resolution = :resolution and audio = :audio
				   and effective_from < '2026-01-02'""")
			.param("mode", task.mode)
			.param("resolution", task.resolution)
			.param("audio", task.audio)
			.query(BigDecimal.class)
			.single();
	}

	private void post(UUID id, Task task, String kind, BigDecimal amount) {
		if (amount.signum() == 0) {
			return;
		}
		this.jdbc.sql("""
				insert into ledger_entry (generation_id, team_id, livemode, kind, amount, month, posted_at)
				values (:id, :team, :livemode, :kind, :amount, books_month(:at), :at)""")
			.param("id", id)
			.param("team", TeamId.of(task.team).value())
			.param("livemode", task.livemode)
			.param("kind", kind)
			.param("amount", amount)
			.param("at", task.settled)
			.update();
	}

	/** A task that is not on record yet. */
	final class Task {

		private final String team;

		private final OffsetDateTime settled;

		private boolean livemode = true;

		private @Nullable Integer key;

		private String mode = "i2v";

		private String resolution = "1080p";

		private int seconds = 5;

		private boolean audio = true;

		private String state = "SUCCEEDED";

		private String billed = "5";

		private Map<String, String> labels = Map.of();

		private Task(String team, String settled) {
			this.team = team;
			this.settled = OffsetDateTime.parse(settled);
		}

		/** In the sandbox. */
		Task sandbox() {
			this.livemode = false;
			return this;
		}

		/** With a certain key, by its number. */
		Task with(int key) {
			this.key = key;
			return this;
		}

		/** From references, and so many seconds billed. */
		Task r2v(String billed) {
			this.mode = "r2v";
			this.billed = billed;
			return this;
		}

		/** In 720p, silent, of 10 s. */
		Task smallAndSilent() {
			this.resolution = "720p";
			this.audio = false;
			this.seconds = 10;
			this.billed = "10";
			return this;
		}

		/** In another state. */
		Task state(String state) {
			this.state = state;
			return this;
		}

		Task label(String name, String value) {
			this.labels = Map.of(name, value);
			return this;
		}

		/** Put it on record. */
		UUID book() {
			return PastTasks.this.book(this);
		}

	}

}
