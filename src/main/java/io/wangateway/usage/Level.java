package io.wangateway.usage;

import java.util.Locale;

import io.wangateway.usage.Dimension.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What sums are kept: of which unit of time, and what they tell apart. The coarser ones
 * come first, and among those of one grain the ones that tell less, and so are fewer.
 */
enum Level {

	MONTH_BY_PRICE(Grain.MONTH), MONTH_BY_TEAM(Grain.MONTH), MONTH_BY_KEY(Grain.MONTH), MONTH(Grain.MONTH),
	MONTH_BY_LABELS_AND_PRICE(Grain.MONTH), DAY_BY_PRICE(Grain.DAY), DAY_BY_TEAM(Grain.DAY), DAY_BY_KEY(Grain.DAY),
	DAY(Grain.DAY), DAY_BY_LABELS(Grain.DAY), DAY_BY_LABELS_AND_PRICE(Grain.DAY), HOUR(Grain.HOUR),
	HOUR_BY_PRICE(Grain.HOUR), HOUR_BY_TEAM(Grain.HOUR), HOUR_BY_KEY(Grain.HOUR), HOUR_BY_TEAM_AND_PRICE(Grain.HOUR),
	HOUR_BY_LABELS(Grain.HOUR), QUARTER(Grain.QUARTER), QUARTER_BY_PRICE(Grain.QUARTER);

	private final Grain grain;

	Level(Grain grain) {
		this.grain = grain;
	}

	Grain grain() {
		return this.grain;
	}

	/**
	 * Return of what these sums are sums, which comes behind this level.
	 * @return {@code null} for the facts themselves
	 */
	@Nullable Level source() {
		return switch (this) {
			case MONTH_BY_PRICE -> DAY_BY_PRICE;
			case MONTH_BY_TEAM -> DAY_BY_TEAM;
			case MONTH_BY_KEY -> DAY_BY_KEY;
			case MONTH, DAY_BY_TEAM, DAY_BY_KEY -> DAY;
			case MONTH_BY_LABELS_AND_PRICE, DAY_BY_LABELS -> DAY_BY_LABELS_AND_PRICE;
			case DAY_BY_PRICE, HOUR_BY_PRICE, QUARTER -> QUARTER_BY_PRICE;
			case HOUR -> HOUR_BY_PRICE;
			case HOUR_BY_TEAM -> HOUR_BY_KEY;
			case DAY, DAY_BY_LABELS_AND_PRICE, HOUR_BY_KEY, HOUR_BY_TEAM_AND_PRICE, HOUR_BY_LABELS, QUARTER_BY_PRICE ->
				null;
		};
	}

	/** Whether the sums tell facts apart that differ in a dimension. */
	boolean tells(Kind kind) {
		return switch (kind) {
			case TEAM -> !tellsNoTeams();
			case API_KEY ->
				this == MONTH_BY_KEY || this == MONTH || this == DAY_BY_KEY || this == DAY || this == HOUR_BY_KEY;
			case MODEL, MODE, RESOLUTION, AUDIO ->
				this == MONTH_BY_PRICE || this == MONTH || this == DAY_BY_PRICE || this == DAY || tellsLabelsAndPrices()
						|| this == HOUR_BY_PRICE || this == HOUR_BY_TEAM_AND_PRICE || this == QUARTER_BY_PRICE;
			case LABEL -> this == DAY_BY_LABELS || this == HOUR_BY_LABELS || tellsLabelsAndPrices();
		};
	}

	private boolean tellsLabelsAndPrices() {
		return this == MONTH_BY_LABELS_AND_PRICE || this == DAY_BY_LABELS_AND_PRICE;
	}

	private boolean tellsNoTeams() {
		return this == MONTH_BY_PRICE || this == DAY_BY_PRICE || this == HOUR || this == HOUR_BY_PRICE
				|| this == QUARTER || this == QUARTER_BY_PRICE;
	}

	/** The level as the database has it, such as {@code hour_by_key}. */
	String code() {
		return name().toLowerCase(Locale.ROOT);
	}

}
