package io.wangateway.alert;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

import io.wangateway.team.Audit;
import io.wangateway.team.Caller.Operator;
import io.wangateway.web.ApiException;
import io.wangateway.web.ErrorCode;
import io.wangateway.web.Listing;
import io.wangateway.web.Paging;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows operators what needs them, and lets them say that they have seen it. */
@RestController
@RequestMapping("/v1/admin/alerts")
class AlertController {

	private static final String SELECT = """
			select a.id, a.kind, a.subject, a.detail, a.since, a.acknowledged_at, o.name as acknowledged_by, a.resolved_at
			  from alert a left join operator o on o.id = a.acknowledged_by
			""";

	private final JdbcClient jdbc;

	private final Audit audit;

	private final Clock clock;

	AlertController(JdbcClient jdbc, Audit audit, Clock clock) {
		this.jdbc = jdbc;
		this.audit = audit;
		this.clock = clock;
	}

	@GetMapping
	Listing<View> list(Paging paging, @RequestParam(required = false) @Nullable Boolean open) {
		String after = paging.after();
		AlertId last = (after != null) ? AlertId.after(after) : null;
		List<View> found = this.jdbc
			.sql(SELECT + """
					 where (:after::int is null or %s)
					   and (:open::boolean is null or (a.resolved_at is null) = :open)
					 order by a.id %s
					 limit :limit
					""".formatted(paging.isDescending() ? "a.id < :after" : "a.id > :after",
					paging.isDescending() ? "desc" : "asc"))
			.param("after", (last != null) ? last.value() : null, Types.INTEGER)
			.param("open", open, Types.BOOLEAN)
			.param("limit", paging.fetch())
			.query((row, _) -> view(row))
			.list();
		return Listing.of(found, paging, (alert) -> alert.id().toString());
	}

	@PostMapping("/{id}/acknowledge")
	@Transactional
	View acknowledge(Operator operator, @PathVariable AlertId id) {
		View before = find(id).orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND, "There is no alert " + id));
		boolean first = this.jdbc.sql("""
				update alert set acknowledged_at = :now, acknowledged_by = :operator
				 where id = :id and acknowledged_at is null
				""")
			.param("now", this.clock.instant().atOffset(ZoneOffset.UTC))
			.param("operator", operator.id())
			.param("id", id.value())
			.update() > 0;
		View after = find(id).orElseThrow();
		if (first) {
			this.audit.record(operator, "alert.acknowledge", id.toString(), before, after);
		}
		return after;
	}

	private Optional<View> find(AlertId id) {
		return this.jdbc.sql(SELECT + " where a.id = :id")
			.param("id", id.value())
			.query((row, _) -> view(row))
			.optional();
	}

	private static View view(ResultSet row) throws SQLException {
		return new View(new AlertId(row.getInt("id")), "alert", row.getString("kind"), row.getString("subject"),
				row.getString("detail"), row.getTimestamp("since").toInstant(),
				row.getTimestamp("acknowledged_at") != null, instant(row.getTimestamp("acknowledged_at")),
				row.getString("acknowledged_by"), instant(row.getTimestamp("resolved_at")));
	}

	private static @Nullable Instant instant(@Nullable Timestamp time) {
		return (time != null) ? time.toInstant() : null;
	}

	/**
	 * An alert as operators see it.
	 *
	 * @param since when it was opened
	 * @param acknowledgedBy the name of the operator who has seen it first
	 */
	record View(AlertId id, String object, String kind, String subject, String detail, Instant since,
			boolean acknowledged, @Nullable Instant acknowledgedAt, @Nullable String acknowledgedBy,
			@Nullable Instant resolvedAt) {

	}

}
