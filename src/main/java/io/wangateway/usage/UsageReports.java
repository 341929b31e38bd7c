package io.wangateway.usage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

	private static final int FETCH_SIZE = 2000;

	/**
	 * The planner thinks that there are far more groups than there are, and would sort
	 * all sums on disk because they would not fit into memory, which costs a third more;
	 * and it would compile what takes some milliseconds, which takes hundreds. Planning
	 * for the values of a report each time takes some milliseconds, too, and changes
	 * nothing.
	 */
	private static final String PLANNING = """
			select set_config('hash_mem_multiplier', '32', true), set_config('jit', 'off', true),
			       set_config('plan_cache_mode', 'force_generic_plan', true)""";

	private final JdbcClient jdbc;

	private final ReportStatements statements;

	private final NextUsage nextUsage;

	private final Books books;

	UsageReports(JdbcClient jdbc, ReportStatements statements, NextUsage nextUsage, Books books) {
		this.jdbc = jdbc;
		this.statements = statements;
		this.nextUsage = nextUsage;
		this.books = books;
	}

	/**
	 * Make a report.
	 * @param query which
	 * @return a page of its rows, and the total over all of them
	 */
	@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
	public UsageReport report(UsageQuery query) {
		this.jdbc.sql(PLANNING).query().singleRow();
		List<UsageRow> rows = rows(query);
		boolean hasMore = rows.size() > query.limit();
		List<UsageRow> page = hasMore ? rows.subList(0, query.limit()) : rows;
		TimeAxis time = query.time();
		return new UsageReport(time.range().start(), time.range().end(), time.zone().getId(),
				time.zone().equals(this.books.zone()), time.width(),
				query.groupBy().stream().map(Dimension::name).toList(), Money.CURRENCY, page, total(query), hasMore,
				hasMore ? page.getLast().key().toString() : null);
	}

	/**
	 * Add up all rows of a report.
	 * @param query which
	 * @return its total
	 */
	Figures total(UsageQuery query) {
		List<Figures> total = new ArrayList<>();
		UsageQuery all = query.total();
		read(all, all.time().slice(1, 1), 1, (row) -> total.add(row.figures()));
		return total.isEmpty() ? Figures.NONE : total.getFirst();
	}

	/** Return the teams that have a row in a report. */
	List<UsageRow.Named> teams(UsageQuery query) {
		List<UsageRow.Named> teams = new ArrayList<>();
		forEach(query.over(Dimension.TEAM.name()), (row) -> {
			if (row.group().get(Dimension.TEAM.name()) instanceof UsageRow.Named team) {
				teams.add(team);
			}
		});
		return teams;
	}

	/**
	 * Read all rows of a report, whatever its limit. In a transaction they are not held
	 * in memory.
	 * @param query which
	 * @param rows what takes them, one by one
	 */
	void forEach(UsageQuery query, Consumer<UsageRow> rows) {
		this.jdbc.sql(PLANNING).query().singleRow();
		read(query, query.time().slice(1, TimeAxis.MAX_BUCKETS), Integer.MAX_VALUE, rows);
	}

	/**
	 * Read one row more than the limit, if there are so many, and no more time than that
	 * takes.
	 */
	private List<UsageRow> rows(UsageQuery query) {
		RowKey after = query.after();
		int buckets = query.time().buckets().size();
		int begin = (after != null) ? after.bucket() : 1;
		int first = begin;
		int length = SliceLength.first(query);
		List<UsageRow> rows = new ArrayList<>();
		while (rows.size() <= query.limit() && first <= buckets) {
			Slice slice = query.time().slice(first, length);
			read(query, slice, query.limit() + 1 - rows.size(), rows::add);
			first += slice.starts().size();
			length = SliceLength.next(query, query.limit() + 1 - rows.size(), rows.size(), begin, first);
			int used = (rows.isEmpty() && first <= buckets) ? nextUsed(query, slice.end()) : first;
			if (used > first) {
				begin = used;
				first = used;
				length = SliceLength.first(query);
			}
		}
		return rows;
	}

	/**
	 * Return the first bucket from a time on in which something may count or is held.
	 */
	private int nextUsed(UsageQuery query, Instant from) {
		Instant next = this.nextUsage.from(query.selection(), from);
		Instant heldAt = this.statements.heldAt(query);
		return query.time().number((heldAt.isBefore(next) && !heldAt.isBefore(from)) ? heldAt : next);
	}

	private void read(UsageQuery query, Slice slice, int most, Consumer<UsageRow> rows) {
		UsageSql sql = this.statements.of(query, slice, most);
		this.jdbc.sql(sql.text()).withFetchSize(FETCH_SIZE).params(sql.parameters()).query((row) -> {
			rows.accept(row(query, row));
		});
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
			group.add(row.getString(UsageSql.column(query, i)));
		}
		return new RowKey(row.getInt("bucket"), group);
	}

	private static @Nullable Object value(Dimension dimension, String text, ResultSet row) throws SQLException {
		return switch (dimension.kind()) {
			case TEAM -> new UsageRow.Named(new TeamId(Integer.parseInt(text)), row.getString("team_name"));
			case API_KEY -> text.equals("0") ? null
					: new UsageRow.Named(new KeyId(Integer.parseInt(text)), row.getString("key_name"));
			case AUDIO -> text.isEmpty() ? null : Boolean.valueOf(text);
			case LABEL -> text.isEmpty() ? null : text.substring(SelectionSql.LABEL_PRESENT.length());
			case MODEL, MODE, RESOLUTION -> text.isEmpty() ? null : text;
		};
	}

}
