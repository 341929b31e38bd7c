package io.wangateway.usage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.wangateway.ledger.Books;
import io.wangateway.pricing.Money;
import io.wangateway.team.KeyId;
import io.wangateway.team.TeamId;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Adds up what was settled, corrected and is held. One statement, so that rows and total
 * are of one moment.
 */
@Component
class UsageReports {

	private final JdbcClient jdbc;

	private final Books books;

	UsageReports(JdbcClient jdbc, Books books) {
		this.jdbc = jdbc;
		this.books = books;
	}

	/**
	 * Make a report.
	 * @param query which
	 * @return a page of its rows, and the total over all of them
	 */
	UsageReport report(UsageQuery query) {
		UsageSql sql = UsageSql.of(query);
		List<UsageRow> rows = new ArrayList<>();
		List<Figures> total = new ArrayList<>();
		this.jdbc.sql(sql.text()).params(sql.parameters()).query((row) -> {
			if (row.getInt("bucket") == 0) {
				total.add(Figures.of(row));
			}
			else {
				rows.add(row(query, row));
			}
		});
		return report(query, rows, total.getFirst());
	}

	private UsageReport report(UsageQuery query, List<UsageRow> rows, Figures total) {
		boolean hasMore = rows.size() > query.limit();
		List<UsageRow> page = hasMore ? rows.subList(0, query.limit()) : rows;
		TimeAxis time = query.time();
		return new UsageReport(time.range().start(), time.range().end(), time.zone().getId(),
				time.zone().equals(this.books.zone()), time.width(),
				query.groupBy().stream().map(Dimension::name).toList(), Money.CURRENCY, page, total, hasMore,
				hasMore ? page.getLast().key().toString() : null);
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
