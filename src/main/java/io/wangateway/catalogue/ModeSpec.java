package io.wangateway.catalogue;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * What a mode of a model allows, and what it takes for granted where a request says
 * nothing. The limits are Alibaba's.
 *
 * @param upstream DashScope's name of the model, such as {@code wan2.6-i2v-flash}
 * @param durations how long a video may be
 * @param resolutions the tiers on offer
 * @param sizes the pixels to send upstream, such as {@code 1280*720}, by resolution and
 * aspect ratio; empty where upstream takes the resolution itself
 * @param defaults what is filled in
 * @param audioSwitch whether a video can be had without sound
 * @param prompt what holds for the prompt
 * @param negativePromptMaxLength the longest negative prompt, in code points
 * @param seedMax the greatest seed; the least is 0
 * @param references what holds for references
 * @param parameters the optional parameters that the mode knows
 * @param lane how much Alibaba takes at a time
 */
public record ModeSpec(String upstream, Durations durations, List<Resolution> resolutions,
		Map<Resolution, Map<String, String>> sizes, Defaults defaults, boolean audioSwitch, Prompt prompt,
		int negativePromptMaxLength, int seedMax, References references, Set<Parameter> parameters, Lane lane) {

	private static final Pattern SIZE = Pattern.compile("[1-9]\\d{2,4}\\*[1-9]\\d{2,4}");

	public ModeSpec {
		Assert.isTrue(!upstream.isBlank(), "upstream must not be empty");
		resolutions = List.copyOf(resolutions);
		sizes = Collections.unmodifiableMap(new LinkedHashMap<>(sizes));
		parameters = Collections.unmodifiableSet(new LinkedHashSet<>(parameters));
		Assert.isTrue(durations.allowed().contains(defaults.duration()),
				() -> "the default duration %d is not one of %s".formatted(defaults.duration(), durations.allowed()));
		Assert.isTrue(resolutions.contains(defaults.resolution()),
				() -> "the default resolution %s is not one of the resolutions"
					.formatted(defaults.resolution().code()));
		Assert.isTrue(audioSwitch || defaults.audio(), "without an audio switch the default must be sound");
		Assert.isTrue(parameters.contains(Parameter.ASPECT_RATIO) != sizes.isEmpty(),
				"aspect_ratio must be a parameter where there are sizes, and nowhere else");
		Assert.isTrue(sizes.isEmpty() || sizes.keySet().equals(Set.copyOf(resolutions)),
				"sizes must cover each of the resolutions");
		for (Map<String, String> byRatio : sizes.values()) {
			requireSizes(byRatio, defaults.aspectRatio());
		}
	}

	private static void requireSizes(Map<String, String> byRatio, String defaultRatio) {
		byRatio.forEach((ratio, size) -> {
			Assert.isTrue(ratio.matches("\\d+:\\d+"),
					() -> "'%s' is no aspect ratio; write it in quotes, as \"16:9\"".formatted(ratio));
			Assert.isTrue(SIZE.matcher(size).matches(), () -> "'%s' is no size such as 1280*720".formatted(size));
		});
		Assert.isTrue(byRatio.containsKey(defaultRatio),
				() -> "the default aspect ratio '%s' is not one of %s".formatted(defaultRatio, byRatio.keySet()));
	}

	/**
	 * Return the aspect ratios on offer, none where the video takes its input's shape.
	 */
	public Collection<String> aspectRatios() {
		return this.sizes.getOrDefault(this.defaults.resolution(), Map.of()).keySet();
	}

	/**
	 * Return the pixels to send upstream.
	 * @param resolution one of {@link #resolutions}
	 * @param aspectRatio one of {@link #aspectRatios}, or {@code null} where there is no
	 * choice
	 * @return such as {@code 1280*720}, or {@code null} where upstream takes the
	 * resolution itself
	 */
	public @Nullable String size(Resolution resolution, @Nullable String aspectRatio) {
		return (aspectRatio != null) ? this.sizes.getOrDefault(resolution, Map.of()).get(aspectRatio) : null;
	}

	/**
	 * How long a video may be.
	 *
	 * @param allowed in seconds
	 * @param remark why not longer, for whoever asked for more; may be empty
	 */
	public record Durations(List<Integer> allowed, String remark) {

		public Durations {
			allowed = List.copyOf(allowed);
			Assert.isTrue(!allowed.isEmpty() && allowed.stream().allMatch((seconds) -> seconds > 0),
					"durations must be positive, and there must be one");
		}

	}

	/**
	 * What is filled in where a request says nothing.
	 *
	 * @param duration in seconds
	 * @param resolution the tier
	 * @param audio whether there is sound
	 * @param watermark whether there is a watermark
	 * @param aspectRatio the shape, empty where there is no choice
	 */
	public record Defaults(int duration, Resolution resolution, boolean audio, boolean watermark, String aspectRatio) {
	}

	/**
	 * What holds for the prompt.
	 *
	 * @param maxLength the longest, in code points; upstream silently cuts longer ones
	 * @param required whether upstream refuses a request without one
	 * @param fallback the prompt that is sent where the caller gives none; may be empty
	 */
	public record Prompt(int maxLength, boolean required, String fallback) {

		public Prompt {
			Assert.isTrue(maxLength > 0, "max_length must be positive");
			Assert.isTrue(fallback.codePointCount(0, fallback.length()) <= maxLength,
					"fallback must not be longer than max_length");
		}

	}

	/**
	 * What holds for references.
	 *
	 * @param max how many there may be, images and videos together
	 * @param maxVideos how many of them may be videos
	 * @param countedSeconds how many seconds of each video Alibaba counts at most: the
	 * first figure for one reference, the second for two, and so on
	 */
	public record References(int max, int maxVideos, List<BigDecimal> countedSeconds) {

		public References {
			countedSeconds = List.copyOf(countedSeconds);
			Assert.isTrue(max >= 0 && maxVideos >= 0 && maxVideos <= max, "max_videos must lie between 0 and max");
			Assert.isTrue(countedSeconds.size() == max,
					"counted_seconds must have a figure for each number of references");
		}

		/**
		 * Return the most seconds that Alibaba can count for references.
		 * @param references how many there are, at most {@link #max}
		 * @param possibleVideos how many of them are videos or may be
		 * @return seconds, zero without a possible video
		 */
		public BigDecimal mostSeconds(int references, int possibleVideos) {
			int videos = Math.min(possibleVideos, this.maxVideos);
			if (videos == 0) {
				return BigDecimal.ZERO;
			}
			return this.countedSeconds.get(references - 1).multiply(BigDecimal.valueOf(videos));
		}

	}

	/**
	 * How much Alibaba takes at a time, for one model of one account.
	 *
	 * @param maxInFlight tasks in processing
	 * @param submissionsPerSecond tasks created in one second
	 */
	public record Lane(int maxInFlight, int submissionsPerSecond) {

		public Lane {
			Assert.isTrue(maxInFlight > 0 && submissionsPerSecond > 0, "the limits of a lane must be positive");
		}

	}

}
