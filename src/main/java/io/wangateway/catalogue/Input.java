package io.wangateway.catalogue;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * What a request brings along, by which a model's routing rule chooses the mode.
 */
public enum Input {

	/** One image. */
	IMAGE("an image", "image_urls with one image"),

	/** Images or videos to refer to. */
	REFERENCES("references", "metadata.reference_urls with the images or videos to refer to"),

	/** A prompt and nothing else. */
	PROMPT("a prompt alone", "a prompt alone");

	private final String described;

	private final String howToSend;

	Input(String described, String howToSend) {
		this.described = described;
		this.howToSend = howToSend;
	}

	/** The input as the catalogue names it, such as {@code references}. */
	@JsonValue
	public String code() {
		return name().toLowerCase(Locale.ROOT);
	}

	/** What it is, as part of a sentence. */
	String described() {
		return this.described;
	}

	/** What a caller has to send, as part of a sentence. */
	String howToSend() {
		return this.howToSend;
	}

}
