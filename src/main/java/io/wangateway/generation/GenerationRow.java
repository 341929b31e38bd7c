package io.wangateway.generation;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import io.wangateway.catalogue.Mode;
import io.wangateway.catalogue.Resolution;
import io.wangateway.pricing.Money;
import io.wangateway.pricing.Prices;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.RowMapper;
import org.springframework.stereotype.Component;

/**
 * Turns a row into what the team sees.
 */
@Component
class GenerationRow implements RowMapper<GenerationView> {

	private static final TypeReference<Map<String, String>> LABELS = new TypeReference<>() {
	};

	private final JsonMapper json;

	private final Prices prices;

	private final VideoLinks links;

	private final QueueOutlook outlook;

	GenerationRow(JsonMapper json, Prices prices, VideoLinks links, QueueOutlook outlook) {
		this.json = json;
		this.prices = prices;
		this.links = links;
		this.outlook = outlook;
	}

	@Override
	public GenerationView mapRow(ResultSet row, int number) throws SQLException {
		GenerationId id = new GenerationId(row.getObject("id", UUID.class));
		GenerationState state = GenerationState.valueOf(row.getString("state"));
		PublicStatus status = state.status();
		boolean completed = status == PublicStatus.COMPLETED;
		Instant ended = instant(row, "ended_at");
		VideoLinks.Link link = completed ? this.links.to(id) : null;
		GenerationRequest request = request(row);
		return new GenerationView(id, row.getString("model"), status, row.getInt("progress"),
				Objects.requireNonNull(instant(row, "created_at")), Map.of(), row.getString("client_business_id"),
				instant(row, "started_at"), completed ? ended : null, (status == PublicStatus.FAILED) ? ended : null,
				(link != null) ? link.expires() : null, (link != null) ? result(link, row) : null, failure(row),
				(row.getBoolean("cancel_requested") && !state.isEnded()) ? true : null, queue(row),
				usage(row, state, request), (request != null) ? echo(request) : null, labels(row),
				row.getString("trace_id"), row.getBoolean("livemode"));
	}

	private @Nullable GenerationRequest request(ResultSet row) throws SQLException {
		String request = row.getString("request");
		return (request != null) ? this.json.readValue(request, GenerationRequest.class) : null;
	}

	private @Nullable Map<String, String> labels(ResultSet row) throws SQLException {
		String labels = row.getString("labels");
		return (labels != null) ? this.json.readValue(labels, LABELS) : null;
	}

	private static GenerationView.Result result(VideoLinks.Link link, ResultSet row) throws SQLException {
		return new GenerationView.Result("video", List.of(new GenerationView.Video(link.url(), "mp4",
				row.getInt("seconds"), row.getObject("video_size", Long.class), row.getString("video_sha256"))));
	}

	private static GenerationView.@Nullable Failure failure(ResultSet row) throws SQLException {
		String code = row.getString("error_code");
		return (code != null) ? new GenerationView.Failure(code, row.getString("error_message"),
				row.getString("upstream_code"), row.getString("upstream_request_id")) : null;
	}

	private GenerationView.@Nullable Queue queue(ResultSet row) throws SQLException {
		long position = row.getLong("position");
		return row.wasNull() ? null : this.outlook.of(row.getString("lane"), row.getInt("team_id"), position);
	}

	private GenerationView.Usage usage(ResultSet row, GenerationState state, @Nullable GenerationRequest request)
			throws SQLException {
		Money cost = (row.getBigDecimal("charged") != null) ? new Money(row.getBigDecimal("charged")) : null;
		return new GenerationView.Usage(Mode.of(row.getString("mode")), Resolution.of(row.getString("resolution")),
				row.getBoolean("audio"), row.getInt("seconds"), plain(row.getBigDecimal("billed_seconds")),
				new Money(row.getBigDecimal("unit_price")), new Money(row.getBigDecimal("estimated_cost")),
				new Money(row.getBigDecimal("maximum_cost")), cost, Money.CURRENCY, moneyState(state, cost),
				explanation(row, request));
	}

	private String explanation(ResultSet row, @Nullable GenerationRequest request) throws SQLException {
		String explanation = row.getString("explanation");
		if (explanation != null || request == null) {
			return (explanation != null) ? explanation : "";
		}
		return this.prices.quote(row.getInt("price_id"), request.spec()).explanation();
	}

	private static GenerationView.MoneyState moneyState(GenerationState state, @Nullable Money cost) {
		if (cost == null) {
			return GenerationView.MoneyState.HELD;
		}
		return (state == GenerationState.SUCCEEDED || cost.isPositive()) ? GenerationView.MoneyState.CHARGED
				: GenerationView.MoneyState.RELEASED;
	}

	private static Map<String, Object> echo(GenerationRequest request) {
		Map<String, Object> echo = new LinkedHashMap<>();
		List<String> urls = request.media().stream().map(Media::url).toList();
		Options options = request.options();
		put(echo, "prompt", request.prompt());
		switch (request.spec().mode()) {
			case I2V -> echo.put("image_urls", urls);
			case R2V -> echo.put("reference_urls", urls);
			case T2V -> {
			}
		}
		put(echo, "negative_prompt", options.negativePrompt());
		put(echo, "seed", options.seed());
		put(echo, "prompt_extend", options.promptExtend());
		put(echo, "shot_type", options.shotType());
		put(echo, "audio_url", options.audioUrl());
		put(echo, "aspect_ratio", options.aspectRatio());
		echo.put("watermark", request.watermark());
		return echo;
	}

	private static void put(Map<String, Object> echo, String name, @Nullable Object value) {
		if (value != null) {
			echo.put(name, value);
		}
	}

	private static @Nullable BigDecimal plain(@Nullable BigDecimal seconds) {
		if (seconds == null) {
			return null;
		}
		BigDecimal stripped = seconds.stripTrailingZeros();
		return stripped.setScale(Math.max(0, stripped.scale()));
	}

	private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
		return (time != null) ? time.toInstant() : null;
	}

}
