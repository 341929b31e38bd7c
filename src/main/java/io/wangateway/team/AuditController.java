package io.wangateway.team;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.wangateway.web.ApiException;
import io.wangateway.web.Listing;
import io.wangateway.web.Paging;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows admins who did what. */
@RestController
class AuditController {

	private static final String PREFIX = "audit_";

	private final JdbcClient jdbc;

	AuditController(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	@GetMapping("/v1/admin/audit")
	Listing<Entry> list(Paging paging, @RequestParam(required = false) @Nullable String subject) {
		List<Entry> found = this.jdbc
			.sql("""
					select id, at, operator_id, actor, action, subject, before::text, after::text, request_id
					  from audit_entry
					 where %s
					   and (:subject::text is null or subject = :subject)
					 order by id %s
					 limit :limit
					""".formatted(paging.isDescending() ? "id < :after" : "id > :after",
					paging.isDescending() ? "desc" : "asc"))
			.param("after", after(paging))
			.param("subject", subject)
			.param("limit", paging.fetch())
			.query((row, _) -> new Entry(PREFIX + row.getLong("id"), "audit_entry", row.getTimestamp("at").toInstant(),
					operator(row.getInt("operator_id")), row.getString("actor"), row.getString("action"),
					row.getString("subject"), row.getString("before"), row.getString("after"),
					row.getString("request_id")))
			.list();
		return Listing.of(found, paging, Entry::id);
	}

	private static long after(Paging paging) {
		String after = paging.after();
		if (after == null) {
			return paging.isDescending() ? Long.MAX_VALUE : 0;
		}
		if (!after.matches(PREFIX + "[0-9]{1,18}")) {
			throw ApiException.invalid("after", "after must be the last_id of the page before");
		}
		return Long.parseLong(after.substring(PREFIX.length()));
	}

	private static @Nullable OperatorId operator(int id) {
		return (id != 0) ? new OperatorId(id) : null;
	}

	/** One deed as admins see it. */
	record Entry(String id, String object, Instant at, @Nullable OperatorId operator, String actor, String action,
			String subject, @JsonRawValue @Nullable String before, @JsonRawValue @Nullable String after,
			@Nullable String requestId) {

	}

}
