package io.wangateway.generation;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;

import io.wangateway.catalogue.ModeSpec;
import io.wangateway.catalogue.Parameter;
import io.wangateway.catalogue.Resolution;

/**
 * What a request is judged by: the mode that was chosen or, where none could be, all
 * modes that might have been meant. So the other mistakes in a request that leads nowhere
 * are told as well, as far as they are mistakes whatever was meant.
 *
 * @param modes at least one
 */
record Limits(List<ModeSpec> modes) {

	List<Integer> durations() {
		return all((mode) -> mode.durations().allowed());
	}

	/** Why videos can't be longer, empty where there is nothing to say. */
	String durationRemark() {
		return (this.modes.size() == 1) ? this.modes.getFirst().durations().remark() : "";
	}

	List<Resolution> resolutions() {
		return all(ModeSpec::resolutions);
	}

	List<String> aspectRatios() {
		return all(ModeSpec::aspectRatios);
	}

	List<Parameter> parameters() {
		return all(ModeSpec::parameters);
	}

	boolean audioSwitch() {
		return this.modes.stream().anyMatch(ModeSpec::audioSwitch);
	}

	int promptMaxLength() {
		return most((mode) -> mode.prompt().maxLength());
	}

	/** Whether a request without a prompt can't be sent. */
	boolean needPrompt() {
		return this.modes.stream()
			.map(ModeSpec::prompt)
			.allMatch((rule) -> rule.required() && rule.fallback().isEmpty());
	}

	int negativePromptMaxLength() {
		return most(ModeSpec::negativePromptMaxLength);
	}

	int seedMax() {
		return most(ModeSpec::seedMax);
	}

	int references() {
		return most((mode) -> mode.references().max());
	}

	int referenceVideos() {
		return most((mode) -> mode.references().maxVideos());
	}

	private int most(ToIntFunction<ModeSpec> limit) {
		return this.modes.stream().mapToInt(limit).max().orElseThrow();
	}

	private <T> List<T> all(Function<ModeSpec, Collection<T>> choices) {
		return this.modes.stream().map(choices).flatMap(Collection::stream).distinct().toList();
	}

}
