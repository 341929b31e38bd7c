package io.wangateway.team;

import java.util.Map;

import io.wangateway.web.Fields;
import jakarta.persistence.Embeddable;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * Everything about a team that an admin decides.
 *
 * @param name unique without regard to case
 * @param costCenter whom finance charges
 * @param weight its share of a lane, relative to other teams
 * @param maxInFlight how many of its tasks may be upstream at once, {@code null} for as
 * many as the lane allows
 * @param maxQueued how many of its tasks may wait
 * @param retentionDays how long its videos are kept
 * @param uploadQuotaBytes how much media it may keep here
 * @param suspended whether it may not submit at present
 * @param labels what admins tag it with
 */
@Embeddable
record TeamSpec(String name, @Nullable String costCenter, int weight, @Nullable Integer maxInFlight, int maxQueued,
		int retentionDays, long uploadQuotaBytes, boolean suspended,
		@JdbcTypeCode(SqlTypes.JSON) Map<String, String> labels) {

	private static final int MAX_NAME = 100;

	private static final int MAX_WEIGHT = 1000;

	private static final int MAX_IN_FLIGHT = 1000;

	private static final int MAX_QUEUED = 1_000_000;

	private static final int MAX_RETENTION_DAYS = 3650;

	private static final long MAX_UPLOAD_QUOTA = 1L << 40;

	/** What a team is given that asks for nothing but a name. */
	static TeamSpec named(String name) {
		return new TeamSpec(name, null, 1, null, 10_000, 90, 10L << 30, false, Map.of());
	}

	/** Read a new team's spec. */
	static TeamSpec create(Fields fields) {
		return named(fields.text("name", null, MAX_NAME)).changed(fields);
	}

	/** Read a change to this spec. */
	TeamSpec changed(Fields fields) {
		Long inFlight = (this.maxInFlight != null) ? Long.valueOf(this.maxInFlight) : null;
		Long newInFlight = fields.optionalWhole("max_in_flight", inFlight, 1, MAX_IN_FLIGHT);
		return new TeamSpec(fields.text("name", this.name, MAX_NAME),
				fields.optionalText("cost_center", this.costCenter, MAX_NAME),
				(int) fields.whole("weight", this.weight, 1, MAX_WEIGHT),
				(newInFlight != null) ? newInFlight.intValue() : null,
				(int) fields.whole("max_queued", this.maxQueued, 1, MAX_QUEUED),
				(int) fields.whole("retention_days", this.retentionDays, 1, MAX_RETENTION_DAYS),
				fields.whole("upload_quota_bytes", this.uploadQuotaBytes, 0, MAX_UPLOAD_QUOTA),
				fields.flag("suspended", this.suspended), fields.labels("labels", this.labels));
	}

}
