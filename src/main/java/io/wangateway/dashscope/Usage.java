package io.wangateway.dashscope;

import java.math.BigDecimal;

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
 * @param doubtful whether a figure was left out because it made no sense: negative,
 * beyond a day of seconds, or no number at all
 */
public record Usage(@Nullable BigDecimal duration, @Nullable BigDecimal inputVideoDuration,
		@Nullable BigDecimal outputVideoDuration, @Nullable Integer sr, @Nullable Integer videoCount,
		@Nullable Boolean audio, boolean doubtful) {
}
