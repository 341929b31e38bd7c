package io.wangateway.drills;

import java.util.function.IntFunction;

/**
 * What the traffic asks for: videos from an image and from a reference in turn. Each
 * reference has a length of its own, which the simulator remembers but echoes to nobody,
 * so that a drill can tell afterwards whose a video was.
 */
enum Videos implements IntFunction<String> {

	/** Each with a prompt of its own. */
	DISTINCT {

		@Override
		String prompt(int number) {
			return "\"prompt\":\"cat number %d\",".formatted(number);
		}

	},

	/** All with the same prompt or with none. */
	ALIKE {

		@Override
		String prompt(int number) {
			return (number % 4 < 2) ? "\"prompt\":\"a cat\"," : "";
		}

	};

	abstract String prompt(int number);

	@Override
	public String apply(int number) {
		String start = "{\"model\":\"wan2.6-flash\",\"resolution\":\"720p\",\"duration\":5," + prompt(number);
		if (number % 2 == 0) {
			return start
					+ "\"audio\":%s,\"image_urls\":[\"https://example.com/photo.jpg\"]}".formatted(number % 3 == 0);
		}
		return start + """
				"metadata":{"reference_urls":["https://example.com/reference.mp4?seconds=%d.%04d"]}}"""
			.formatted(1 + number / 10_000, number % 10_000);
	}

}
