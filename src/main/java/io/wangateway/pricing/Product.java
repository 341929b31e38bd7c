package io.wangateway.pricing;

import io.wangateway.catalogue.GenerationSpec;
import io.wangateway.catalogue.Mode;
import io.wangateway.catalogue.Resolution;

/**
 * What has a price of its own.
 *
 * @param model the public name
 * @param mode what a video is made from
 * @param resolution the tier of its size
 * @param audio whether it has sound
 */
record Product(String model, Mode mode, Resolution resolution, boolean audio) {

	static Product of(GenerationSpec spec) {
		return new Product(spec.model(), spec.mode(), spec.resolution(), spec.audio());
	}

	/** Return the product in words, such as {@code wan2.6-flash, r2v, 1080p, silent}. */
	@Override
	public String toString() {
		return "%s, %s, %s, %s".formatted(this.model, this.mode.code(), this.resolution.code(),
				this.audio ? "with sound" : "silent");
	}

}
