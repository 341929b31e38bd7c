package io.wangateway.pricing;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;
import io.wangateway.catalogue.Mode;

/**
 * Which seconds a price is charged for.
 */
public enum Billable {

	/** Those of the video. */
	OUTPUT,

	/** Those of the video and what Alibaba counts of the reference videos. */
	INPUT_AND_OUTPUT;

	/** The rule as callers and the database see it, such as {@code input_and_output}. */
	@JsonValue
	public String code() {
		return name().toLowerCase(Locale.ROOT);
	}

	/** Return what Alibaba bills in a mode. */
	static Billable usual(Mode mode) {
		return switch (mode) {
			case T2V, I2V -> OUTPUT;
			case R2V -> INPUT_AND_OUTPUT;
		};
	}

	/**
	 * Return the rule with a code.
	 * @param code such as {@code output}
	 * @return the rule
	 */
	public static Billable of(String code) {
		return valueOf(code.toUpperCase(Locale.ROOT));
	}

}
