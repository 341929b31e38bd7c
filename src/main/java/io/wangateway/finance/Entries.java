package io.wangateway.finance;

import java.sql.Types;
import java.util.List;

import io.wangateway.ledger.Entry;
import io.wangateway.team.TeamId;
import io.wangateway.web.ApiException;
import io.wangateway.web.Paging;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reads what was posted in the books in some time, in the order of posting. What the
 * sandbox cost is not money and is left out.
 */
@Component
class Entries {

	/** Few enough to hold, and enough that round trips don't count. */
	static final int FETCH = 2000;

	private static final String POSTED = """
			select e.*
			  from ledger_entry e
			 where e.posted_at >= :start and e.posted_at < :end and e.livemode
			   and (:team::integer is null or e.team_id = :team)
			""";

	private final JdbcClient jdbc;

	Entries(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Return a page.
	 * @param span when it was posted
	 * @param team whose entries, or {@code null} for all teams'
	 * @param paging which page
	 * @return up to {@link Paging#fetch()} entries
	 */
	List<Entry> page(Span span, @Nullable TeamId team, Paging paging) {
		String sql = POSTED + """
				  and (:after::bigint is null
				       or (e.posted_at, e.id) %1$s (select a.posted_at, a.id from ledger_entry a where a.id = :after))
				order by e.posted_at %2$s, e.id %2$s
				limit :limit""".formatted(paging.isDescending() ? "<" : ">", paging.isDescending() ? "desc" : "asc");
		return select(sql, span, team).param("after", after(paging), Types.BIGINT)
			.param("limit", paging.fetch())
			.query((row, _) -> Entry.of(row))
			.list();
	}

	/**
	 * Read all, one row at a time.
	 * @param span when it was posted
	 * @param team whose entries, or {@code null} for all teams'
	 * @param reader what takes each row of {@code ledger_entry}
	 */
	@Transactional(readOnly = true)
	void each(Span span, @Nullable TeamId team, RowCallbackHandler reader) {
		select(POSTED + " order by e.posted_at, e.id", span, team).withFetchSize(FETCH).query(reader);
	}

	private JdbcClient.StatementSpec select(String sql, Span span, @Nullable TeamId team) {
		return this.jdbc.sql(sql)
			.param("start", span.sqlStart())
			.param("end", span.sqlEnd())
			.param("team", (team != null) ? team.value() : null, Types.INTEGER);
	}

	private static @Nullable Long after(Paging paging) {
		String after = paging.after();
		if (after == null) {
			return null;
		}
		if (!after.matches("entry_[0-9]{1,18}")) {
			throw ApiException.invalid("after", "after must be the last_id of the page before");
		}
		return Long.valueOf(after.substring("entry_".length()));
	}

}
