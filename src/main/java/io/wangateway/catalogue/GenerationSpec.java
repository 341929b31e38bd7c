package io.wangateway.catalogue;

import java.math.BigDecimal;

/**
 * Everything that decides which upstream model makes a video and what it costs, with all
 * defaults filled in. What the video shows is not part of it.
 *
 * @param model the public name, such as {@code wan2.6-flash}
 * @param mode what the routing rule chose
 * @param upstreamModel DashScope's name of the model, such as {@code wan2.6-i2v-flash};
 * it names the lane
 * @param resolution the tier of the video's size
 * @param seconds how long the video is to be
 * @param audio whether it has sound
 * @param mostInputSeconds the most reference seconds that Alibaba can count beside the
 * video's own; zero where nothing counts
 */
public record GenerationSpec(String model, Mode mode, String upstreamModel, Resolution resolution, int seconds,
		boolean audio, BigDecimal mostInputSeconds) {
}
