package io.wangateway.pricing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

import io.wangateway.catalogue.Mode;
import io.wangateway.catalogue.Resolution;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The prices on record.
 */
@Component
class PriceBook {

	/**
	 * How long a price must be on record before it counts, and so how long what was read
	 * of the record can be relied on.
	 */
	static final Duration LEAD = Duration.ofSeconds(1);

	private final JdbcClient jdbc;

	private final Clock clock;

	PriceBook(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * Read all prices. The lock waits for those that are just being put on record, whose
	 * time was taken before ours.
	 */
	@Transactional
	PriceSheet read() {
		this.jdbc.sql("lock table price in share mode").update();
		Instant now = this.clock.instant();
		return new PriceSheet(now,
				this.jdbc.sql("select * from price_in_force order by id").query(PriceBook::price).list());
	}

	static Price price(ResultSet row, int number) throws SQLException {
		Product product = new Product(row.getString("model"), Mode.of(row.getString("mode")),
				Resolution.of(row.getString("resolution")), row.getBoolean("audio"));
		return new Price(row.getInt("id"), product, row.getBigDecimal("unit_price"),
				Billable.of(row.getString("billable")),
				row.getObject("effective_from", OffsetDateTime.class).toInstant(),
				instant(row.getObject("effective_to", OffsetDateTime.class)));
	}

	private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
		return (time != null) ? time.toInstant() : null;
	}

}
