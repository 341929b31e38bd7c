package io.wangateway.catalogue;

import java.util.stream.Collectors;

import io.wangateway.web.Violation;

/**
 * The routing rule: what a request brings along decides the mode. Callers never name it.
 */
public final class ModeRouter {

	private static final String IMAGE_PARAM = "image_urls";

	private static final String REFERENCES_PARAM = "metadata.reference_urls";

	private ModeRouter() {
	}

	/**
	 * Choose the mode for a request.
	 * @param model the model asked for
	 * @param hasImage whether there is an image
	 * @param hasReferences whether there are references
	 * @param hasPrompt whether there is a prompt
	 * @return the mode, or what the caller has to send instead
	 */
	public static Route route(Model model, boolean hasImage, boolean hasReferences, boolean hasPrompt) {
		if (hasImage && hasReferences) {
			return refusal(model, REFERENCES_PARAM, "image_urls and metadata.reference_urls can't be combined");
		}
		if (hasReferences) {
			return route(model, Input.REFERENCES, REFERENCES_PARAM);
		}
		if (hasImage) {
			return route(model, Input.IMAGE, IMAGE_PARAM);
		}
		if (hasPrompt) {
			return route(model, Input.PROMPT, IMAGE_PARAM);
		}
		return refusal(model, IMAGE_PARAM, "there is nothing to make a video from");
	}

	private static Route route(Model model, Input input, String param) {
		Mode mode = model.routing().get(input);
		if (mode == null) {
			return refusal(model, param, "%s makes no video from %s".formatted(model.id(), input.described()));
		}
		return new Route.To(mode, model.mode(mode));
	}

	private static Route refusal(Model model, String param, String reason) {
		String alternatives = model.routing()
			.keySet()
			.stream()
			.map(Input::howToSend)
			.collect(Collectors.joining(", or "));
		return new Route.Nowhere(Violation.invalid(param, "%s; send %s".formatted(reason, alternatives)));
	}

}
