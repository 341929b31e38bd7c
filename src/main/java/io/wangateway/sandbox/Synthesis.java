package io.wangateway.sandbox;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * A video as it was asked for, checked and with DashScope's defaults filled in.
 *
 * @param model the model
 * @param prompt what it shall show, cut to what the model reads
 * @param frame its size
 * @param seconds its length
 * @param sound whether it has sound
 * @param files everything that the real service would fetch
 * @param references those of them that it refers to, in order
 */
record Synthesis(Model model, @Nullable String prompt, Frame frame, int seconds, boolean sound, List<Reference> files,
		List<Reference> references) {

	private static final int PROMPT_LIMIT = 1500;

	private static final int MIN_SECONDS = 2;

	private static final int DEFAULT_SECONDS = 5;

	private static final int MAX_REFERENCES = 5;

	private static final int MAX_REFERENCE_VIDEOS = 3;

	/**
	 * Read a request.
	 * @param body the body; fields it need not have are not looked at
	 * @return the video asked for
	 * @throws Refusal if it breaks a rule of its model
	 */
	static Synthesis of(JsonFields body) {
		Model model = Model.of(body.text("model")
			.orElseThrow(() -> new Refusal(400, "BadRequest.EmptyModel",
					"Required parameter \"model\" missing or invalid, please check the request parameters.")));
		JsonFields input = body.object("input")
			.orElseThrow(
					() -> new Refusal(400, "BadRequest.EmptyInput", "Required input parameter missing from request."));
		JsonFields parameters = body.object("parameters").orElseGet(JsonFields::none);
		checkOptions(parameters);
		List<Reference> references = references(model, input);
		Optional<Reference> image = image(model, input);
		Optional<Reference> audio = input.url("audio_url");
		List<Reference> files = Stream.concat(references.stream(), Stream.concat(image.stream(), audio.stream()))
			.toList();
		boolean sound = parameters.bool("audio").orElse(true) || !model.silentOnRequest();
		return new Synthesis(model, prompt(model, input), frame(model, parameters), seconds(model, parameters), sound,
				files, references);
	}

	private static void checkOptions(JsonFields parameters) {
		parameters.bool("watermark");
		parameters.bool("prompt_extend");
		parameters.integer("seed", 0, Integer.MAX_VALUE);
		parameters.text("shot_type")
			.filter((type) -> !type.equals("single") && !type.equals("multi"))
			.ifPresent((type) -> {
				throw Refusal.invalidParameter("shot_type must be single or multi, not " + type);
			});
	}

	private static @Nullable String prompt(Model model, JsonFields input) {
		input.text("negative_prompt");
		Optional<String> prompt = input.text("prompt");
		if (model.needsPrompt() && prompt.filter((text) -> !text.isEmpty()).isEmpty()) {
			throw Refusal.invalidParameter("Field required: input.prompt");
		}
		return prompt.map(Synthesis::cut).orElse(null);
	}

	private static String cut(String prompt) {
		int characters = Math.min(PROMPT_LIMIT, prompt.codePointCount(0, prompt.length()));
		return prompt.substring(0, prompt.offsetByCodePoints(0, characters));
	}

	private static Frame frame(Model model, JsonFields parameters) {
		if (model.input() == Model.Input.IMAGE) {
			String resolution = parameters.text("resolution").orElse("1080P");
			return Frame.ofResolution(resolution)
				.orElseThrow(
						() -> Refusal.invalidParameter("The resolution is not match 720P or 1080P: " + resolution));
		}
		String size = parameters.text("size").orElse("1920*1080");
		return Frame.ofSize(size)
			.orElseThrow(() -> Refusal.invalidParameter("The size is not match the model: " + size));
	}

	private static int seconds(Model model, JsonFields parameters) {
		return parameters.integer("duration", MIN_SECONDS, model.maxSeconds()).orElse(DEFAULT_SECONDS);
	}

	private static Optional<Reference> image(Model model, JsonFields input) {
		if (model.input() != Model.Input.IMAGE) {
			return Optional.empty();
		}
		String image = input.text("img_url")
			.orElseThrow(() -> Refusal.invalidParameter("Field required: input.img_url"));
		return image.startsWith("data:image/") ? Optional.empty() : input.url("img_url");
	}

	private static List<Reference> references(Model model, JsonFields input) {
		if (model.input() != Model.Input.REFERENCES) {
			return List.of();
		}
		List<Reference> references = Stream
			.concat(input.urls("reference_urls").stream(), input.urls("reference_video_urls").stream())
			.toList();
		if (references.isEmpty()) {
			throw Refusal.invalidParameter("Field required: input.reference_urls");
		}
		if (references.size() > MAX_REFERENCES
				|| references.stream().filter(Reference::isVideo).count() > MAX_REFERENCE_VIDEOS) {
			throw Refusal.invalidParameter("reference_urls takes up to %d files, of which up to %d videos"
				.formatted(MAX_REFERENCES, MAX_REFERENCE_VIDEOS));
		}
		return references;
	}

}
