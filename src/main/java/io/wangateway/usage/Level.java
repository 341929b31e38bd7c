package io.wangateway.usage;

import java.util.Arrays;
import java.util.Locale;

import io.wangateway.usage.Dimension.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What sums are kept: of which unit of time, and what they tell apart. The coarser ones
 * come first, and among those of one grain the ones that tell less, and so are fewer.
 * Only where labels are told apart from prices would a part of a month take too many sums
 * of its weeks and days, so there are some of each month up to each day, and from it on.
 */
enum Level {

	REST_OF_MONTH_BY_LABELS_AND_PRICE(Grain.REST_OF_MONTH, Told.LABELS_AND_PRICE),
	REST_OF_MONTH_BY_ALL(Grain.REST_OF_MONTH, Told.ALL),

	MONTH_TO_DATE_BY_LABELS_AND_PRICE(Grain.MONTH_TO_DATE, Told.LABELS_AND_PRICE),
	MONTH_TO_DATE_BY_ALL(Grain.MONTH_TO_DATE, Told.ALL),

	MONTH_BY_PRICE(Grain.MONTH, Told.PRICE), MONTH_BY_TEAM(Grain.MONTH, Told.TEAM), MONTH_BY_KEY(Grain.MONTH, Told.KEY),
	MONTH_BY_TEAM_AND_PRICE(Grain.MONTH, Told.TEAM_AND_PRICE), MONTH(Grain.MONTH, Told.KEY_AND_PRICE),
	MONTH_BY_LABELS_AND_PRICE(Grain.MONTH, Told.LABELS_AND_PRICE),
	MONTH_BY_LABELS_AND_KEY(Grain.MONTH, Told.LABELS_AND_KEY), MONTH_BY_ALL(Grain.MONTH, Told.ALL),

	WEEK_BY_PRICE(Grain.WEEK, Told.PRICE), WEEK_BY_TEAM(Grain.WEEK, Told.TEAM), WEEK_BY_KEY(Grain.WEEK, Told.KEY),
	WEEK_BY_TEAM_AND_PRICE(Grain.WEEK, Told.TEAM_AND_PRICE), WEEK(Grain.WEEK, Told.KEY_AND_PRICE),
	WEEK_BY_LABELS(Grain.WEEK, Told.LABELS), WEEK_BY_LABELS_AND_PRICE(Grain.WEEK, Told.LABELS_AND_PRICE),
	WEEK_BY_LABELS_AND_KEY(Grain.WEEK, Told.LABELS_AND_KEY),

	DAY_BY_PRICE(Grain.DAY, Told.PRICE), DAY_BY_TEAM(Grain.DAY, Told.TEAM), DAY_BY_KEY(Grain.DAY, Told.KEY),
	DAY_BY_TEAM_AND_PRICE(Grain.DAY, Told.TEAM_AND_PRICE), DAY(Grain.DAY, Told.KEY_AND_PRICE),
	DAY_BY_LABELS(Grain.DAY, Told.LABELS), DAY_BY_LABELS_AND_PRICE(Grain.DAY, Told.LABELS_AND_PRICE),
	DAY_BY_LABELS_AND_KEY(Grain.DAY, Told.LABELS_AND_KEY), DAY_BY_ALL(Grain.DAY, Told.ALL),

	SIX_HOURS_BY_PRICE(Grain.SIX_HOURS, Told.PRICE), SIX_HOURS_BY_TEAM(Grain.SIX_HOURS, Told.TEAM),
	SIX_HOURS_BY_TEAM_AND_PRICE(Grain.SIX_HOURS, Told.TEAM_AND_PRICE), SIX_HOURS(Grain.SIX_HOURS, Told.KEY_AND_PRICE),
	SIX_HOURS_BY_ALL(Grain.SIX_HOURS, Told.ALL),

	HOUR(Grain.HOUR, Told.NOTHING), HOUR_BY_PRICE(Grain.HOUR, Told.PRICE), HOUR_BY_TEAM(Grain.HOUR, Told.TEAM),
	HOUR_BY_KEY(Grain.HOUR, Told.KEY), HOUR_BY_TEAM_AND_PRICE(Grain.HOUR, Told.TEAM_AND_PRICE),
	QUARTER(Grain.QUARTER, Told.NOTHING), QUARTER_BY_PRICE(Grain.QUARTER, Told.PRICE),
	QUARTER_BY_ALL(Grain.QUARTER, Told.ALL);

	private final Grain grain;

	private final Told told;

	Level(Grain grain, Told told) {
		this.grain = grain;
		this.told = told;
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
			case MONTH_BY_PRICE, WEEK_BY_PRICE -> DAY_BY_PRICE;
			case MONTH_BY_TEAM, WEEK_BY_TEAM -> DAY_BY_TEAM;
			case MONTH_BY_KEY, WEEK_BY_KEY -> DAY_BY_KEY;
			case MONTH_BY_TEAM_AND_PRICE, WEEK_BY_TEAM_AND_PRICE -> DAY_BY_TEAM_AND_PRICE;
			case MONTH, WEEK, DAY_BY_TEAM, DAY_BY_KEY, DAY_BY_TEAM_AND_PRICE -> DAY;
			case WEEK_BY_LABELS -> DAY_BY_LABELS;
			case DAY, SIX_HOURS_BY_TEAM, SIX_HOURS_BY_TEAM_AND_PRICE -> SIX_HOURS;
			case REST_OF_MONTH_BY_LABELS_AND_PRICE, MONTH_TO_DATE_BY_LABELS_AND_PRICE, MONTH_BY_LABELS_AND_PRICE,
					WEEK_BY_LABELS_AND_PRICE, DAY_BY_LABELS ->
				DAY_BY_LABELS_AND_PRICE;
			case MONTH_BY_LABELS_AND_KEY, WEEK_BY_LABELS_AND_KEY -> DAY_BY_LABELS_AND_KEY;
			case REST_OF_MONTH_BY_ALL, MONTH_TO_DATE_BY_ALL, MONTH_BY_ALL, DAY_BY_LABELS_AND_PRICE,
					DAY_BY_LABELS_AND_KEY ->
				DAY_BY_ALL;
			case DAY_BY_PRICE, SIX_HOURS_BY_PRICE, HOUR_BY_PRICE, QUARTER -> QUARTER_BY_PRICE;
			case HOUR -> HOUR_BY_PRICE;
			case HOUR_BY_TEAM -> HOUR_BY_KEY;
			case HOUR_BY_KEY, HOUR_BY_TEAM_AND_PRICE, SIX_HOURS_BY_ALL, QUARTER_BY_PRICE -> QUARTER_BY_ALL;
			case DAY_BY_ALL, SIX_HOURS -> SIX_HOURS_BY_ALL;
			case QUARTER_BY_ALL -> null;
		};
	}

	/** Whether the sums tell facts apart that differ in a dimension. */
	boolean tells(Kind kind) {
		return this.told.tells(kind);
	}

	/** Return the level of another grain that tells the same apart. */
	Level of(Grain other) {
		return Arrays.stream(values())
			.filter((level) -> level.grain == other && level.told == this.told)
			.findFirst()
			.orElseThrow();
	}

	/** The level as the database has it, such as {@code hour_by_key}. */
	String code() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * What sums tell apart. Whoever tells keys or labels apart tells teams apart, whose
	 * they are.
	 */
	private enum Told {

		NOTHING, TEAM, KEY, PRICE, TEAM_AND_PRICE, KEY_AND_PRICE, LABELS, LABELS_AND_PRICE, LABELS_AND_KEY, ALL;

		boolean tells(Kind kind) {
			return switch (kind) {
				case TEAM -> this != NOTHING && this != PRICE;
				case API_KEY -> this == KEY || this == KEY_AND_PRICE || this == LABELS_AND_KEY || this == ALL;
				case MODEL, MODE, RESOLUTION, AUDIO -> this == PRICE || this == TEAM_AND_PRICE || this == KEY_AND_PRICE
						|| this == LABELS_AND_PRICE || this == ALL;
				case LABEL -> this == LABELS || this == LABELS_AND_PRICE || this == LABELS_AND_KEY || this == ALL;
			};
		}

	}

}
