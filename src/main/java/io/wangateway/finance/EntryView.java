package io.wangateway.finance;

import java.time.Instant;
import java.time.YearMonth;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.wangateway.generation.GenerationId;
import io.wangateway.ledger.Entry;
import io.wangateway.pricing.Money;
import io.wangateway.team.TeamId;
import org.jspecify.annotations.Nullable;

/**
 * A line of the books as finance sees it.
 *
 * @param id such as {@code entry_7}
 * @param kind hold, charge, release or adjustment
 * @param team whose money
 * @param task what it is about, absent from an adjustment of none in particular
 * @param livemode whether it is about money or about the sandbox
 * @param amount never less than nothing but in an adjustment
 * @param currency always CNY
 * @param month in which it counts
 * @param corrects the month that an adjustment is about
 * @param postedAt by the database's clock
 * @param reason why, where that is not plain
 * @param actor who decided it, where somebody did
 */
@JsonPropertyOrder({ "id", "object" })
record EntryView(String id, String kind, TeamId team, @Nullable GenerationId task, boolean livemode, Money amount,
		String currency, YearMonth month, @Nullable YearMonth corrects, Instant postedAt, @Nullable String reason,
		@Nullable String actor) {

	static EntryView of(Entry entry) {
		return new EntryView("entry_" + entry.id(), entry.kind(), entry.team(),
				(entry.generation() != null) ? new GenerationId(entry.generation()) : null, entry.livemode(),
				entry.amount(), Money.CURRENCY, entry.month(), entry.corrects(), entry.postedAt(), entry.reason(),
				entry.actor());
	}

	/** The kind of JSON object this is. */
	public String getObject() {
		return "ledger.entry";
	}

}
