package io.wangateway.usage;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What reports are grouped and filtered by.
 *
 * @param kind what it is about
 * @param name as callers write it, such as {@code mode} or {@code label:project}
 */
record Dimension(Kind kind, String name) {

	static final Dimension TEAM = new Dimension(Kind.TEAM, Kind.TEAM.code);

	/** What stands before a label's key. */
	static final String LABEL_PREFIX = "label:";

	private static final Pattern LABEL = Pattern.compile("label:[A-Za-z0-9._-]{1,64}");

	private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

	/**
	 * Read a name.
	 * @param name as callers write it
	 * @return the dimension, unless there is none of this name
	 */
	static Optional<Dimension> of(String name) {
		if (LABEL.matcher(name).matches()) {
			return Optional.of(new Dimension(Kind.LABEL, name));
		}
		return Arrays.stream(Kind.values())
			.filter((kind) -> kind != Kind.LABEL && kind.code.equals(name))
			.map((kind) -> new Dimension(kind, name))
			.findFirst();
	}

	boolean isLabel() {
		return this.kind == Kind.LABEL;
	}

	/** Return the key of a label, such as {@code project}. */
	String label() {
		return this.name.substring(LABEL_PREFIX.length());
	}

	/** Whether SQL can take a text for a value. */
	boolean isValue(String text) {
		return switch (this.kind) {
			case TEAM, API_KEY -> NUMBER.matcher(text).matches();
			case MODEL, MODE, RESOLUTION, AUDIO, LABEL -> text.indexOf('\0') < 0;
		};
	}

	/** What a dimension is about. */
	enum Kind {

		TEAM("team"), API_KEY("api_key"), MODEL("model"), MODE("mode"), RESOLUTION("resolution"), AUDIO("audio"),
		LABEL("label:project");

		private final String code;

		Kind(String code) {
			this.code = code;
		}

		/** The name as callers write it; an example of one where there are many. */
		String code() {
			return this.code;
		}

		/** Whether a task's price tells it. */
		boolean isOfPrice() {
			return switch (this) {
				case MODEL, MODE, RESOLUTION, AUDIO -> true;
				case TEAM, API_KEY, LABEL -> false;
			};
		}

	}

}
