package io.wangateway.operations;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import io.wangateway.generation.GenerationId;
import io.wangateway.generation.GenerationState;
import io.wangateway.pricing.Money;
import io.wangateway.team.KeyId;
import io.wangateway.team.TeamId;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.RowMapper;

/**
 * Reads generations as ops see them in a list from rows of {@code generation_record},
 * with their labels as {@code labels_text}.
 *
 * @param json reads the labels
 */
record TaskSummaries(JsonMapper json) implements RowMapper<TaskSummary> {

	private static final TypeReference<Map<String, String>> LABELS = new TypeReference<>() {
	};

	@Override
	public TaskSummary mapRow(ResultSet row, int number) throws SQLException {
		GenerationState state = GenerationState.valueOf(row.getString("state"));
		String labels = row.getString("labels_text");
		return new TaskSummary(new GenerationId(row.getObject("id", UUID.class)),
				new TaskSummary.TeamName(new TeamId(row.getInt("team_id")), row.getString("team_name")),
				new TaskSummary.KeyName(new KeyId(row.getInt("key_id")), row.getString("key_name")),
				row.getString("model"), row.getString("mode"), row.getString("lane"), row.getBoolean("livemode"), state,
				state.status(), row.getString("resolution"), row.getBoolean("audio"), row.getInt("seconds"),
				row.getString("client_business_id"), (labels != null) ? this.json.readValue(labels, LABELS) : null,
				Objects.requireNonNull(instant(row, "created_at")), instant(row, "submitted_at"),
				instant(row, "started_at"), instant(row, "ended_at"), row.getString("upstream_task_id"),
				row.getString("upstream_request_id"), row.getBoolean("provisional") ? true : null,
				row.getBoolean("cancel_requested") ? true : null, row.getString("error_code"),
				row.getString("error_message"), row.getString("upstream_code"), row.getString("upstream_message"),
				new Money(row.getBigDecimal("maximum_cost")),
				(row.getBigDecimal("charged") != null) ? new Money(row.getBigDecimal("charged")) : null,
				Money.CURRENCY);
	}

	private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
		return (time != null) ? time.toInstant() : null;
	}

}
