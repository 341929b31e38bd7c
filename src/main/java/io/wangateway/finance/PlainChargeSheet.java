package io.wangateway.finance;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;

import io.wangateway.pricing.Money;
import io.wangateway.web.CsvWriter;
import org.jspecify.annotations.Nullable;

/**
 * Charges in our own words. Times have the offset of the books' zone.
 */
class PlainChargeSheet implements ChargeSheet {

	private final DateTimeFormatter time;

	PlainChargeSheet(ZoneId zone) {
		this.time = LedgerController.timeIn(zone);
	}

	@Override
	public List<String> columns() {
		return List.of("id", "kind", "posted_at", "month", "corrects", "team_id", "team_name", "cost_center", "task_id",
				"api_key_id", "api_key_name", "model", "mode", "resolution", "audio", "seconds_requested",
				"seconds_billed", "unit_price", "amount", "currency", "explanation", "reason", "actor",
				"upstream_ended_at", "labels");
	}

	@Override
	public void write(CsvWriter csv, ChargeRow charge) {
		EntryView entry = EntryView.of(charge.entry());
		csv.plain(entry.id())
			.plain(entry.kind())
			.plain(time(entry.postedAt()))
			.plain(entry.month())
			.plain(entry.corrects())
			.plain(entry.team())
			.text(charge.teamName())
			.text(charge.costCenter())
			.plain(entry.task());
		ChargeRow.Task task = charge.task();
		if (task != null) {
			csv.plain(task.key())
				.text(task.keyName())
				.text(task.model())
				.plain(task.mode())
				.plain(task.resolution())
				.plain(task.audio())
				.plain(task.seconds())
				.plain(decimal(task.billedSeconds()))
				.plain(task.unitPrice());
		}
		else {
			for (int i = 0; i < 9; i++) {
				csv.plain(null);
			}
		}
		csv.plain(entry.amount())
			.plain(Money.CURRENCY)
			.text((task != null) ? task.explanation() : null)
			.text(entry.reason())
			.text(entry.actor())
			.plain((task != null) ? time(task.upstreamEndedAt()) : null)
			.text((task != null) ? task.labels() : null)
			.endLine();
	}

	private @Nullable String time(@Nullable Instant time) {
		return (time != null) ? this.time.format(time) : null;
	}

	static @Nullable String decimal(@Nullable BigDecimal number) {
		return (number != null) ? number.stripTrailingZeros().toPlainString() : null;
	}

}
