package io.wangateway.usage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.wangateway.ledger.Books;
import io.wangateway.pricing.Money;
import io.wangateway.team.KeyId;
import io.wangateway.team.TeamId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Makes reports. Rows and total are of one moment, and exact up to the last settlement
 * before it.
 */
@Component
class UsageReports {

	/**
	 * The first slice of a report that has groups in its buckets; each next one is twice
	 * as long.
	 */
	private static final int FIRST_SLICE = 8;

	private final JdbcClient jdbc;

	private final UsageSums sums;

	private final Books books;

	private final Clock clock;

	UsageReports(JdbcClient jdbc, UsageSums sums, Books books, Clock clock) {
		this.jdbc = jdbc;
		this.sums = sums;
		this.books = books;
		this.clock = clock;
	}

	/**
	 * Make a report.
	 * @param query which
	 * @return a page of its rows, and the total over all of them
	 */
	@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
	UsageReport report(UsageQuery query) {
		Instant summedUntil = this.sums.until();
		List<Figures> total = new ArrayList<>();
		read(query.total(), summedUntil, (row) -> total.add(row.figures()));
		List<UsageRow> rows = new ArrayList<>();
		read(query, summedUntil, rows::add);
		boolean hasMore = rows.size() > query.limit();
		List<UsageRow> page = hasMore ? rows.subList(0, query.limit()) : rows;
		TimeAxis time = query.time();
		return new UsageReport(time.range().start(), time.range().end(), time.zone().getId(),
				time.zone().equals(this.books.zone()), time.width(),
				query.groupBy().stream().map(Dimension::name).toList(), Money.CURRENCY, page,
				total.isEmpty() ? Figures.NONE : total.getFirst(), hasMore,
				hasMore ? page.getLast().key().toString() : null);
	}

	/**
	 * Read one row more than the limit, if there are so many, and no more time than that
	 * takes.
	 */
	private void read(UsageQuery query, Instant summedUntil, Consumer<UsageRow> rows) {
		RowKey after = query.after();
		int first = (after != null) ? after.bucket() : 1;
		int length = query.groupBy().isEmpty() ? TimeAxis.MAX_BUCKETS : FIRST_SLICE;
		int missing = query.limit() + 1;
		while (missing > 0 && first <= query.time().buckets().size()) {
			Slice slice = query.time().slice(first, length);
			missing -= read(query, slice, summedUntil, missing, rows);
			first += slice.starts().size();
			length *= 2;
		}
	}

	private int read(UsageQuery query, Slice slice, Instant summedUntil, int most, Consumer<UsageRow> rows) {
		Pieces pieces = Pieces.of(slice.ranges(), query.kinds(), summedUntil, this.books.zone());
		Instant heldAt = query.time().nearest(this.clock.instant());
		UsageSql sql = UsageSql.of(query, slice, new FactSource(pieces, slice.only(heldAt)), most);
		AtomicInteger count = new AtomicInteger();
		this.jdbc.sql(sql.text()).params(sql.parameters()).query((row) -> {
			rows.accept(row(query, row));
			count.incrementAndGet();
		});
		return count.get();
	}

	private static UsageRow row(UsageQuery query, ResultSet row) throws SQLException {
		RowKey key = key(query, row);
		Range bucket = query.time().bucket(key.bucket());
		Map<String, Object> group = new LinkedHashMap<>();
		for (int i = 0; i < query.groupBy().size(); i++) {
			Dimension dimension = query.groupBy().get(i);
			Object value = value(dimension, key.group().get(i), row);
			if (value != null) {
				group.put(dimension.name(), value);
			}
		}
		return new UsageRow(key, bucket.start(), bucket.end(), group, Figures.of(row));
	}

	private static RowKey key(UsageQuery query, ResultSet row) throws SQLException {
		List<String> group = new ArrayList<>();
		for (int i = 0; i < query.groupBy().size(); i++) {
			group.add(row.getString(UsageSql.column(i)));
		}
		return new RowKey(row.getInt("bucket"), group);
	}

	private static @Nullable Object value(Dimension dimension, String text, ResultSet row) throws SQLException {
		return switch (dimension.kind()) {
			case TEAM -> new UsageRow.Named(new TeamId(Integer.parseInt(text)), row.getString("team_name"));
			case API_KEY -> text.equals("0") ? null
					: new UsageRow.Named(new KeyId(Integer.parseInt(text)), row.getString("key_name"));
			case AUDIO -> text.isEmpty() ? null : Boolean.valueOf(text);
			case LABEL -> text.isEmpty() ? null : text.substring(UsageSql.LABEL_PRESENT.length());
			case MODEL, MODE, RESOLUTION -> text.isEmpty() ? null : text;
		};
	}

}
