package io.wangateway.generation;

import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

import io.wangateway.catalogue.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * Reads the optional parameters, each of which may stand at the top level or in
 * {@code metadata}, or in both if they agree.
 */
final class OptionsReader {

	private static final List<String> SHOT_TYPES = List.of("single", "multi");

	private final FieldReader fields;

	private final FieldReader metadata;

	private final Limits limits;

	OptionsReader(FieldReader fields, FieldReader metadata, Limits limits) {
		this.fields = fields;
		this.metadata = metadata;
		this.limits = limits;
	}

	/** Return the parameters as far as they are there and right. */
	Options read() {
		return new Options(either(Parameter.NEGATIVE_PROMPT, this::negativePrompt), either(Parameter.SEED, this::seed),
				either(Parameter.PROMPT_EXTEND, FieldReader::bool),
				either(Parameter.SHOT_TYPE, (place, name) -> place.oneOf(name, SHOT_TYPES)),
				either(Parameter.AUDIO_URL, OptionsReader::url),
				either(Parameter.ASPECT_RATIO, (place, name) -> place.oneOf(name, this.limits.aspectRatios())));
	}

	private <T> @Nullable T either(Parameter parameter, BiFunction<FieldReader, String, @Nullable T> reader) {
		T top = read(this.fields, parameter, reader);
		T nested = read(this.metadata, parameter, reader);
		if (top != null && nested != null && !top.equals(nested)) {
			this.metadata.objectTo(parameter.code(), "contradicts %s; send one of them".formatted(parameter.code()));
		}
		return (top != null) ? top : nested;
	}

	private <T> @Nullable T read(FieldReader place, Parameter parameter,
			BiFunction<FieldReader, String, @Nullable T> reader) {
		String name = parameter.code();
		if (place.has(name) && !this.limits.parameters().contains(parameter)) {
			place.node(name);
			String known = this.limits.parameters().stream().map(Parameter::code).collect(Collectors.joining(", "));
			place.objectTo(name, "is not possible with what this video is made from; possible are " + known);
			return null;
		}
		return reader.apply(place, name);
	}

	private @Nullable String negativePrompt(FieldReader place, String name) {
		return place.prose(name, this.limits.negativePromptMaxLength());
	}

	private @Nullable Integer seed(FieldReader place, String name) {
		int max = this.limits.seedMax();
		return place.integer(name, (seed) -> seed >= 0 && seed <= max, "a whole number from 0 to %d".formatted(max));
	}

	private static @Nullable String url(FieldReader place, String name) {
		String url = place.string(name);
		if (url != null) {
			MediaUrl.objection(url).ifPresent((objection) -> place.objectTo(name, objection));
		}
		return url;
	}

}
