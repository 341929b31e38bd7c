package io.wangateway.dashscope;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * What DashScope says it bills. Every figure may be missing. Seconds are rounded to six
 * places, which takes off what binary fractions leave behind, and carry no trailing
 * zeros.
 *
 * @param duration billed seconds, input and output together
 * @param inputVideoDuration counted seconds of reference videos, often a fraction
 * @param outputVideoDuration seconds of the video made
 * @param sr 720 or 1080
 * @param videoCount how many videos were made
 * @param audio whether there is sound
 * @param doubtful whether a number was left out because it made no sense: negative,
 * larger than the seconds of a day, or none at all
 */
public record Usage(@Nullable BigDecimal duration, @Nullable BigDecimal inputVideoDuration,
		@Nullable BigDecimal outputVideoDuration, @Nullable Integer sr, @Nullable Integer videoCount,
		@Nullable Boolean audio, boolean doubtful) {

	private static final BigDecimal LARGEST = new BigDecimal(86_400);

	private static final int PLACES = 6;

	/**
	 * Read the {@code usage} of an answer.
	 * @param usage its fields, perhaps none
	 * @return what it says
	 */
	static Usage read(Fields usage) {
		boolean doubtful = Stream.of("duration", "input_video_duration", "output_video_duration")
			.anyMatch((name) -> usage.has(name) && number(usage, name) == null)
				|| Stream.of("SR", "video_count").anyMatch((name) -> usage.has(name) && whole(usage, name) == null);
		return new Usage(number(usage, "duration"), number(usage, "input_video_duration"),
				number(usage, "output_video_duration"), whole(usage, "SR"), whole(usage, "video_count"),
				usage.flag("audio"), doubtful);
	}

	private static @Nullable BigDecimal number(Fields usage, String name) {
		BigDecimal value = usage.number(name);
		if (value == null || value.signum() < 0 || value.compareTo(LARGEST) > 0) {
			return null;
		}
		BigDecimal plain = value.setScale(PLACES, RoundingMode.HALF_UP).stripTrailingZeros();
		return plain.setScale(Math.max(plain.scale(), 0), RoundingMode.UNNECESSARY);
	}

	private static @Nullable Integer whole(Fields usage, String name) {
		BigDecimal value = number(usage, name);
		return (value != null && value.scale() == 0) ? (Integer) value.intValue() : null;
	}

}
