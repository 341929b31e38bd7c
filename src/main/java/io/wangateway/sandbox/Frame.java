package io.wangateway.sandbox;

import java.util.Arrays;
import java.util.Optional;

/** The sizes of a video, by the names that requests use for them. */
enum Frame {

	P720_16_9(720, 1280, 720), P720_9_16(720, 720, 1280), P720_1_1(720, 960, 960), P720_4_3(720, 1088, 832),
	P720_3_4(720, 832, 1088), P1080_16_9(1080, 1920, 1080), P1080_9_16(1080, 1080, 1920), P1080_1_1(1080, 1440, 1440),
	P1080_4_3(1080, 1632, 1248), P1080_3_4(1080, 1248, 1632);

	private final int tier;

	private final int width;

	private final int height;

	Frame(int tier, int width, int height) {
		this.tier = tier;
		this.width = width;
		this.height = height;
	}

	/** Find the frame by {@code size}, such as {@code 1280*720}. */
	static Optional<Frame> ofSize(String size) {
		return Arrays.stream(values()).filter((frame) -> frame.size().equals(size)).findFirst();
	}

	/**
	 * Find the frame by {@code resolution}, such as {@code 720P}. The real service takes
	 * the ratio from the image, which the simulator never sees: it is always 16:9.
	 */
	static Optional<Frame> ofResolution(String resolution) {
		return Arrays.stream(values()).filter((frame) -> resolution.equals(frame.tier + "P")).findFirst();
	}

	int tier() {
		return this.tier;
	}

	int width() {
		return this.width;
	}

	int height() {
		return this.height;
	}

	String size() {
		return this.width + "*" + this.height;
	}

}
