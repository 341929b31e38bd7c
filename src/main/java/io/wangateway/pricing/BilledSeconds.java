package io.wangateway.pricing;

import java.math.BigDecimal;
import java.math.RoundingMode;

import org.jspecify.annotations.Nullable;

/**
 * The seconds that upstream says it billed for a video, as its {@code usage} names them.
 * Kept to a tenth of a millisecond, like the books. A figure that makes no sense, below
 * zero or above a day, counts as none.
 *
 * @param duration all billed seconds: those of the video and those counted of references
 * @param input the seconds counted of references
 * @param output the seconds of the video
 */
public record BilledSeconds(@Nullable BigDecimal duration, @Nullable BigDecimal input, @Nullable BigDecimal output) {

	/** Upstream said nothing. */
	public static final BilledSeconds SILENT = new BilledSeconds(null, null, null);

	private static final int SCALE = 4;

	private static final BigDecimal DAY = BigDecimal.valueOf(86_400);

	public BilledSeconds {
		duration = sensible(duration);
		input = sensible(input);
		output = sensible(output);
	}

	private static @Nullable BigDecimal sensible(@Nullable BigDecimal seconds) {
		if (seconds == null || seconds.signum() < 0 || seconds.compareTo(DAY) > 0) {
			return null;
		}
		return seconds.setScale(SCALE, RoundingMode.HALF_UP);
	}

}
