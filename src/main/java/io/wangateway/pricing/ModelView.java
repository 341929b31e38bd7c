package io.wangateway.pricing;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.wangateway.catalogue.Mode;
import io.wangateway.catalogue.ModeSpec;
import io.wangateway.catalogue.Model;
import io.wangateway.catalogue.Parameter;
import io.wangateway.catalogue.Resolution;
import org.jspecify.annotations.Nullable;

/**
 * A model as teams see it.
 *
 * @param id the public name
 * @param object always {@code model}
 * @param created when it came into the catalogue, in Unix seconds
 * @param ownedBy whose model it is
 * @param type always {@code video}
 * @param capabilities what each mode can do, by its code
 * @param pricing the prices in force
 */
record ModelView(String id, String object, long created, String ownedBy, String type,
		Map<String, Capabilities> capabilities, List<PriceView> pricing) {

	static ModelView of(Model model, List<Price> prices) {
		Map<String, Capabilities> capabilities = new LinkedHashMap<>();
		model.modes().forEach((mode, spec) -> capabilities.put(mode.code(), Capabilities.of(mode, spec)));
		return new ModelView(model.id(), "model", model.created(), model.ownedBy(), "video", capabilities,
				prices.stream()
					.filter((price) -> price.product().model().equals(model.id()))
					.map(PriceView::of)
					.toList());
	}

	/**
	 * What a mode can do.
	 *
	 * @param durations how long a video may be, in seconds
	 * @param resolutions the tiers of size
	 * @param aspectRatios the shapes, absent where the video takes its input's
	 * @param audio whether there may be sound: {@code true} always, and {@code false}
	 * where it can be switched off
	 * @param promptMaxLength the longest prompt, in code points
	 * @param promptRequired whether there must be one
	 * @param images how many images there must be, absent where there can be none
	 * @param references the most references, absent where there can be none
	 * @param referenceVideos how many of them may be videos
	 * @param parameters the optional parameters
	 * @param defaults what is filled in where a request says nothing
	 */
	record Capabilities(List<Integer> durations, List<Resolution> resolutions,
			@Nullable Collection<String> aspectRatios, List<Boolean> audio, int promptMaxLength, boolean promptRequired,
			@Nullable Integer images, @Nullable Integer references, @Nullable Integer referenceVideos,
			Set<Parameter> parameters, Defaults defaults) {

		static Capabilities of(Mode mode, ModeSpec spec) {
			boolean takesReferences = spec.references().max() > 0;
			return new Capabilities(spec.durations().allowed(), spec.resolutions(),
					spec.aspectRatios().isEmpty() ? null : spec.aspectRatios(),
					spec.audioSwitch() ? List.of(true, false) : List.of(true), spec.prompt().maxLength(),
					spec.prompt().required() && spec.prompt().fallback().isEmpty(), (mode == Mode.I2V) ? 1 : null,
					takesReferences ? spec.references().max() : null,
					takesReferences ? spec.references().maxVideos() : null, spec.parameters(),
					Defaults.of(spec.defaults()));
		}

	}

	/**
	 * What is filled in where a request says nothing.
	 *
	 * @param duration in seconds
	 * @param resolution the tier of size
	 * @param audio whether there is sound
	 * @param watermark whether there is a watermark
	 * @param aspectRatio the shape, absent where there is no choice
	 */
	record Defaults(int duration, Resolution resolution, boolean audio, boolean watermark,
			@Nullable String aspectRatio) {

		static Defaults of(ModeSpec.Defaults defaults) {
			return new Defaults(defaults.duration(), defaults.resolution(), defaults.audio(), defaults.watermark(),
					defaults.aspectRatio().isEmpty() ? null : defaults.aspectRatio());
		}

	}

}
