package io.wangateway.usage;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tells whether there are corrections that are about no task. They are of no key, and all
 * teams' are one row of a report by key.
 */
@Component
class CorrectionsOfNoTask {

	private final JdbcClient jdbc;

	CorrectionsOfNoTask(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Whether any was posted in a range. */
	boolean areIn(Range range) {
		return this.jdbc.sql("""
				select exists (select
				                 from ledger_entry
				                where kind = 'adjustment' and generation_id is null
				                  and posted_at >= :start and posted_at < :end)""")
			.param("start", Timestamps.of(range.start()))
			.param("end", Timestamps.of(range.end()))
			.query(Boolean.class)
			.single();
	}

}
