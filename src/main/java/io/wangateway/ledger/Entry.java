package io.wangateway.ledger;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.UUID;

import io.wangateway.pricing.Money;
import io.wangateway.team.TeamId;
import org.jspecify.annotations.Nullable;

/**
 * A line of the books.
 *
 * @param id in the order of posting
 * @param generation what it is about, {@code null} for an adjustment of none in
 * particular
 * @param team whose money
 * @param livemode whether it is about money or about the sandbox
 * @param kind hold, charge, release or adjustment
 * @param amount never less than nothing but in an adjustment
 * @param month in which it counts
 * @param postedAt by the database's clock
 * @param reason why, where that is not plain
 * @param actor who decided it, where somebody did
 * @param corrects the month that an adjustment is about
 */
public record Entry(long id, @Nullable UUID generation, TeamId team, boolean livemode, String kind, Money amount,
		YearMonth month, Instant postedAt, @Nullable String reason, @Nullable String actor,
		@Nullable YearMonth corrects) {

	/**
	 * Read an entry.
	 * @param row a row of {@code ledger_entry}
	 * @return the entry
	 * @throws SQLException if a column is missing
	 */
	public static Entry of(ResultSet row) throws SQLException {
		Date corrects = row.getDate("corrects");
		return new Entry(row.getLong("id"), row.getObject("generation_id", UUID.class),
				new TeamId(row.getInt("team_id")), row.getBoolean("livemode"), row.getString("kind"),
				new Money(row.getBigDecimal("amount")), YearMonth.from(row.getDate("month").toLocalDate()),
				row.getObject("posted_at", OffsetDateTime.class).toInstant(), row.getString("reason"),
				row.getString("actor"), (corrects != null) ? YearMonth.from(corrects.toLocalDate()) : null);
	}

}
