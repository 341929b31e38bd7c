package io.wangateway.pricing;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

/**
 * The seconds that upstream says it billed for a video, as its {@code usage} names them.
 * A figure below zero makes no sense and counts as none.
 *
 * @param duration all billed seconds: those of the video and those counted of references
 * @param input the seconds counted of references
 * @param output the seconds of the video
 */
public record BilledSeconds(@Nullable BigDecimal duration, @Nullable BigDecimal input, @Nullable BigDecimal output) {

	/** Upstream said nothing. */
	public static final BilledSeconds SILENT = new BilledSeconds(null, null, null);

	public BilledSeconds {
		duration = sensible(duration);
		input = sensible(input);
		output = sensible(output);
	}

	private static @Nullable BigDecimal sensible(@Nullable BigDecimal seconds) {
		return (seconds != null && seconds.signum() >= 0) ? seconds : null;
	}

}
