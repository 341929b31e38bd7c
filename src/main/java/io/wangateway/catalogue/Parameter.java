package io.wangateway.catalogue;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * The optional parameters, each of which only some modes know.
 */
public enum Parameter {

	/** What the video is not to show. */
	NEGATIVE_PROMPT,

	/** A number that makes results more alike, though not equal. */
	SEED,

	/** Whether upstream may embellish the prompt. */
	PROMPT_EXTEND,

	/** One shot or several. */
	SHOT_TYPE,

	/** Sound to put under the video. */
	AUDIO_URL,

	/** The shape of the video. */
	ASPECT_RATIO;

	/** The parameter as callers name it, such as {@code negative_prompt}. */
	@JsonValue
	public String code() {
		return name().toLowerCase(Locale.ROOT);
	}

}
