package io.wangateway.finance;

import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

import io.wangateway.ledger.Entry;
import io.wangateway.ledger.Ledger;
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

	/** The books' clock goes no finer. */
	private static final Duration TICK = Duration.of(1, ChronoUnit.MICROS);

	private static final String POSTED = """
			select e.*
			  from ledger_entry e
			 where e.posted_at >= :start and e.posted_at < :end and e.livemode
			   and (:team::integer is null or e.team_id = :team)
			""";

	private final JdbcClient jdbc;

	private final Ledger ledger;

	Entries(JdbcClient jdbc, Ledger ledger) {
		this.jdbc = jdbc;
		this.ledger = ledger;
	}

	/**
	 * Return a page. No index has the order of posting, as it would cost each accepted
	 * task; the one by time is small and coarse. So a page is put together from stretches
	 * of time, each longer than the one before, of which the first few mostly have it
	 * all.
	 * @param span when it was posted
	 * @param team whose entries, or {@code null} for all teams'
	 * @param paging which page
	 * @return up to {@link Paging#fetch()} entries
	 */
	@Transactional(readOnly = true)
	List<Entry> page(Span span, @Nullable TeamId team, Paging paging) {
		Long after = after(paging);
		List<Entry> page = new ArrayList<>();
		for (Span stretch : stretches(span, after, paging)) {
			page.addAll(read(stretch, team, after, paging, paging.fetch() - page.size()));
			if (page.size() == paging.fetch()) {
				break;
			}
		}
		return page;
	}

	/** From the last page's end on, or from the span's: backwards from the present. */
	private List<Span> stretches(Span span, @Nullable Long after, Paging paging) {
		if (!paging.isDescending()) {
			return Stretches.forwards((after != null) ? later(postedAt(after), span.start()) : span.start(),
					span.end());
		}
		if (after != null) {
			return Stretches.backwards(earlier(postedAt(after).plus(TICK), span.end()), span.start());
		}
		Instant present = earlier(later(this.ledger.now().plus(TICK), span.start()), span.end());
		List<Span> stretches = new ArrayList<>();
		stretches.add(new Span(present, span.end(), ""));
		stretches.addAll(Stretches.backwards(present, span.start()));
		return stretches;
	}

	private static Instant earlier(Instant one, Instant other) {
		return one.isBefore(other) ? one : other;
	}

	private static Instant later(Instant one, Instant other) {
		return one.isAfter(other) ? one : other;
	}

	private List<Entry> read(Span stretch, @Nullable TeamId team, @Nullable Long after, Paging paging, int most) {
		String sql = POSTED + """
				  and (:after::bigint is null
				       or (e.posted_at, e.id) %1$s (select a.posted_at, a.id from ledger_entry a where a.id = :after))
				order by e.posted_at %2$s, e.id %2$s
				limit :limit""".formatted(paging.isDescending() ? "<" : ">", paging.isDescending() ? "desc" : "asc");
		return select(sql, stretch, team).param("after", after, Types.BIGINT)
			.param("limit", most)
			.query((row, _) -> Entry.of(row))
			.list();
	}

	private Instant postedAt(long id) {
		return this.jdbc.sql("select posted_at from ledger_entry where id = :id")
			.param("id", id)
			.query(OffsetDateTime.class)
			.optional()
			.map(OffsetDateTime::toInstant)
			.orElseThrow(Entries::unknownPlace);
	}

	/**
	 * Read all, one row at a time.
	 * @param span when it was posted
	 * @param team whose entries, or {@code null} for all teams'
	 * @param reader what takes each row of {@code ledger_entry}
	 */
	@Transactional(readOnly = true)
	void each(Span span, @Nullable TeamId team, RowCallbackHandler reader) {
		letCallersBeSlow(this.jdbc);
		select(POSTED + " order by e.posted_at, e.id", span, team).withFetchSize(FETCH).query(reader);
	}

	/**
	 * An export goes on only as fast as it is taken, and holds no lock. So its
	 * transaction may stand still for longer than others, which would be ended.
	 */
	static void letCallersBeSlow(JdbcClient jdbc) {
		jdbc.sql("set local idle_in_transaction_session_timeout = '5min'").update();
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
			throw unknownPlace();
		}
		return Long.valueOf(after.substring("entry_".length()));
	}

	private static ApiException unknownPlace() {
		return ApiException.invalid("after", "after must be the last_id of the page before");
	}

}
