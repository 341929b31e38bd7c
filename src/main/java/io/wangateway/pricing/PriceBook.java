package io.wangateway.pricing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;

import io.wangateway.catalogue.Mode;
import io.wangateway.catalogue.Resolution;
import io.wangateway.team.Caller.Operator;
import io.wangateway.web.ApiException;
import io.wangateway.web.Paging;
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

	/**
	 * Put a price on record. The lock comes before the look at the clock, so that whoever
	 * reads the prices either waits for this one or reads them before its time was taken.
	 * @param spec the price
	 * @param operator who sets it
	 * @return the price on record
	 * @throws ApiException if it would begin in the past, or together with another
	 */
	@Transactional
	Price add(PriceSpec spec, Operator operator) {
		this.jdbc.sql("lock table price in row exclusive mode").update();
		Instant now = this.clock.instant();
		Instant earliest = now.plus(LEAD);
		Instant from = (spec.effectiveFrom() != null) ? spec.effectiveFrom() : fullSecond(earliest);
		if (from.isBefore(earliest)) {
			throw ApiException.invalid("effective_from",
					"effective_from must be %d or later (was %d), because a price never changes what was; leave it out for as soon as possible"
						.formatted(fullSecond(earliest).getEpochSecond(), from.getEpochSecond()));
		}
		return this.jdbc.sql("""
				insert into price (model, mode, resolution, audio, unit_price, billable, effective_from, created_by,
				                   created_at)
				values (:model, :mode, :resolution, :audio, :unitPrice, :billable, :from, :operator, :now)
				on conflict on constraint one_price_at_a_time do nothing
				returning *, null::timestamptz as effective_to""")
			.param("model", spec.product().model())
			.param("mode", spec.product().mode().code())
			.param("resolution", spec.product().resolution().code())
			.param("audio", spec.product().audio())
			.param("unitPrice", spec.unitPrice(), Types.NUMERIC)
			.param("billable", spec.billable().code())
			.param("from", from.atOffset(ZoneOffset.UTC))
			.param("operator", operator.id())
			.param("now", now.atOffset(ZoneOffset.UTC))
			.query(PriceBook::price)
			.optional()
			.orElseThrow(() -> ApiException.invalid("effective_from",
					"There is already a price from %d on for %s".formatted(from.getEpochSecond(), spec.product())));
	}

	/** Return a page of all prices, those of the past and of the future among them. */
	List<Price> page(Paging paging) {
		int after = after(paging);
		return this.jdbc.sql("""
				select *
				  from price_in_force
				 where case when :descending then id < :after else id > :after end
				 order by case when :descending then -id else id end
				 limit :limit""")
			.param("descending", paging.isDescending())
			.param("after", after)
			.param("limit", paging.fetch())
			.query(PriceBook::price)
			.list();
	}

	private static int after(Paging paging) {
		if (paging.after() == null) {
			return paging.isDescending() ? Integer.MAX_VALUE : 0;
		}
		try {
			return PriceId.of(paging.after()).value();
		}
		catch (IllegalArgumentException _) {
			throw ApiException.invalid("after", "after must be the last_id of the page before");
		}
	}

	private static Instant fullSecond(Instant time) {
		Instant second = time.truncatedTo(ChronoUnit.SECONDS);
		return second.equals(time) ? time : second.plusSeconds(1);
	}

	private static Price price(ResultSet row, int number) throws SQLException {
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
