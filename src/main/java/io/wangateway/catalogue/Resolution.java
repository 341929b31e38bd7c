package io.wangateway.catalogue;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The tier of a video's size. It decides the price; the aspect ratio does not.
 */
public enum Resolution {

	/** 1280 × 720 and other shapes of as many pixels. */
	P720,

	/** 1920 × 1080 and other shapes of as many pixels. */
	P1080;

	/** The resolution as callers and the database see it, such as {@code 1080p}. */
	@JsonValue
	public String code() {
		return name().substring(1) + "p";
	}

	/**
	 * Return the resolution with a code.
	 * @param code such as {@code 1080p}, in any case
	 * @return the resolution
	 * @throws IllegalArgumentException if there is none
	 */
	public static Resolution of(String code) {
		String lower = code.toLowerCase(Locale.ROOT);
		if (!lower.endsWith("p")) {
			throw new IllegalArgumentException("No resolution " + code);
		}
		return valueOf("P" + lower.substring(0, lower.length() - 1));
	}

}
