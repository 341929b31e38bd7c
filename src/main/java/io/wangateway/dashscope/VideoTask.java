package io.wangateway.dashscope;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A video to make, in the words and the shape of DashScope's create request. What is
 * {@code null} is left out of the request, so that DashScope's own default applies, which
 * is usually the dearest choice. One shape serves text, image and reference models of the
 * 2.5 and 2.6 families; which fields a model knows is the caller's to decide.
 *
 * @param model the upstream model, such as {@code wan2.6-i2v-flash}
 * @param input what the video shows
 * @param parameters how it is made
 */
public record VideoTask(String model, Input input, Parameters parameters) {

	/** Whether any media lies in DashScope's temporary storage, which needs a header. */
	boolean usesTemporaryStorage() {
		return this.input.urls().anyMatch((url) -> url.toLowerCase(Locale.ROOT).startsWith("oss://"));
	}

	/**
	 * What the video shows.
	 *
	 * @param prompt the description, cut silently by DashScope above 1,500 characters
	 * @param negativePrompt what to avoid, cut silently above 500 characters
	 * @param imgUrl the first frame, for image models only
	 * @param referenceUrls the references in the order of {@code character1},
	 * {@code character2} …, for reference models only
	 * @param audioUrl the sound track, for models that take one
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	@JsonNaming(SnakeCaseStrategy.class)
	public record Input(@Nullable String prompt, @Nullable String negativePrompt, @Nullable String imgUrl,
			@Nullable List<String> referenceUrls, @Nullable String audioUrl) {

		public Input {
			referenceUrls = (referenceUrls != null) ? List.copyOf(referenceUrls) : null;
		}

		private Stream<String> urls() {
			Stream<String> references = (this.referenceUrls != null) ? this.referenceUrls.stream() : Stream.empty();
			return Stream.concat(Stream.of(this.imgUrl, this.audioUrl).flatMap(Stream::ofNullable), references);
		}

		/** Neither prompts nor links, which may be signed, belong in a log. */
		@Override
		public String toString() {
			return "Input[" + urls().count() + " urls]";
		}

	}

	/**
	 * How the video is made.
	 *
	 * @param resolution {@code 720P} or {@code 1080P}, for image models only
	 * @param size {@code width*height} in pixels, such as {@code 1280*720}, for text and
	 * reference models only
	 * @param duration the length in seconds
	 * @param promptExtend whether DashScope may rewrite the prompt
	 * @param shotType {@code single} or {@code multi}
	 * @param audio whether there is sound; only {@code false} makes it silent
	 * @param watermark whether DashScope marks the picture
	 * @param seed 0 to 2147483647
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	@JsonNaming(SnakeCaseStrategy.class)
	public record Parameters(@Nullable String resolution, @Nullable String size, @Nullable Integer duration,
			@Nullable Boolean promptExtend, @Nullable String shotType, @Nullable Boolean audio,
			@Nullable Boolean watermark, @Nullable Integer seed) {
	}

}
