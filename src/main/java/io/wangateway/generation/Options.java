package io.wangateway.generation;

import org.jspecify.annotations.Nullable;

/**
 * The optional parameters of a request, each {@code null} where it was neither sent nor
 * has a default.
 *
 * @param negativePrompt what the video is not to show
 * @param seed a number from 0
 * @param promptExtend whether upstream may embellish the prompt
 * @param shotType {@code single} or {@code multi}
 * @param audioUrl sound to put under the video
 * @param aspectRatio the shape, such as {@code 16:9}; always there where the mode has
 * shapes
 */
public record Options(@Nullable String negativePrompt, @Nullable Integer seed, @Nullable Boolean promptExtend,
		@Nullable String shotType, @Nullable String audioUrl, @Nullable String aspectRatio) {

	/** Return these, with a shape filled in where none was chosen and there is one. */
	Options orShape(String defaultRatio) {
		if (this.aspectRatio != null || defaultRatio.isEmpty()) {
			return this;
		}
		return new Options(this.negativePrompt, this.seed, this.promptExtend, this.shotType, this.audioUrl,
				defaultRatio);
	}

}
