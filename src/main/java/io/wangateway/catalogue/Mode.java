package io.wangateway.catalogue;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * What a generation starts from. The routing rule chooses it; callers never name it.
 */
public enum Mode {

	/** Text to video. */
	T2V,

	/** Image to video. */
	I2V,

	/** Reference to video. */
	R2V;

	/** The mode as callers and the database see it, such as {@code i2v}. */
	@JsonValue
	public String code() {
		return name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Return the mode with a code.
	 * @param code such as {@code i2v}
	 * @return the mode
	 */
	public static Mode of(String code) {
		return valueOf(code.toUpperCase(Locale.ROOT));
	}

}
