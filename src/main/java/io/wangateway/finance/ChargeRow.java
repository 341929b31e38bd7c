package io.wangateway.finance;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.UUID;

import io.wangateway.generation.GenerationId;
import io.wangateway.ledger.Entry;
import io.wangateway.pricing.Money;
import io.wangateway.team.KeyId;
import org.jspecify.annotations.Nullable;

/**
 * What was charged for a task, or a correction, with all that a reader of accounts wants
 * to know of it.
 *
 * @param entry the line of the books
 * @param teamName what the team was called when the month was closed, or is called now
 * @param costCenter likewise
 * @param task what was made, {@code null} for a correction of no task in particular
 */
record ChargeRow(Entry entry, String teamName, @Nullable String costCenter, @Nullable Task task) {

	static ChargeRow of(ResultSet row) throws SQLException {
		return new ChargeRow(Entry.of(row), row.getString("team_name"), row.getString("cost_center"),
				(row.getObject("generation_id") != null) ? Task.of(row) : null);
	}

	/** Whether this is what upstream billed for a video, and nobody's decision. */
	boolean isUsage() {
		return this.entry.kind().equals("charge") && this.entry.actor() == null;
	}

	/** Whether this is about a month before its own. */
	boolean isCorrection() {
		YearMonth corrects = this.entry.corrects();
		return corrects != null && corrects.isBefore(this.entry.month());
	}

	Money amount() {
		return this.entry.amount();
	}

	/**
	 * What was made.
	 *
	 * @param id its id
	 * @param key the key that asked for it
	 * @param keyName what the key was called when the month was closed, or is called now
	 * @param model the public name of the model
	 * @param mode such as {@code i2v}
	 * @param resolution such as {@code 1080p}
	 * @param audio whether it has sound
	 * @param seconds the seconds of video asked for
	 * @param billedSeconds the seconds that upstream billed, {@code null} where nobody
	 * knows
	 * @param priceId the price that it was accepted under
	 * @param unitPrice ¥ per second
	 * @param explanation why it cost what it did
	 * @param upstreamEndedAt its end by upstream's clock, if upstream told
	 * @param labels its team's own words, as JSON
	 */
	record Task(GenerationId id, KeyId key, String keyName, String model, String mode, String resolution, boolean audio,
			int seconds, @Nullable BigDecimal billedSeconds, int priceId, Money unitPrice, @Nullable String explanation,
			@Nullable Instant upstreamEndedAt, @Nullable String labels) {

		private static Task of(ResultSet row) throws SQLException {
			OffsetDateTime ended = row.getObject("upstream_ended_at", OffsetDateTime.class);
			return new Task(new GenerationId(row.getObject("generation_id", UUID.class)),
					new KeyId(row.getInt("key_id")), row.getString("key_name"), row.getString("model"),
					row.getString("mode"), row.getString("resolution"), row.getBoolean("audio"), row.getInt("seconds"),
					row.getBigDecimal("billed_seconds"), row.getInt("price_id"),
					new Money(row.getBigDecimal("unit_price")), row.getString("explanation"),
					(ended != null) ? ended.toInstant() : null, row.getString("labels"));
		}

		/** What has a price of its own, such as {@code wan2.6-flash/r2v/1080p/sound}. */
		String product() {
			return "%s/%s/%s/%s".formatted(this.model, this.mode, this.resolution, this.audio ? "sound" : "silent");
		}

	}

}
