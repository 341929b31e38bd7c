package io.wangateway.generation;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import io.wangateway.catalogue.Catalogue;
import io.wangateway.catalogue.ModeRouter;
import io.wangateway.catalogue.ModeSpec;
import io.wangateway.catalogue.Model;
import io.wangateway.catalogue.Route;
import io.wangateway.web.ApiException;
import io.wangateway.web.ErrorCode;
import io.wangateway.web.Violation;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.stereotype.Component;

/**
 * Reads a request for a video, and tells all that is wrong with it at once.
 */
@Component
class GenerationRequestReader {

	private final Catalogue catalogue;

	GenerationRequestReader(Catalogue catalogue) {
		this.catalogue = catalogue;
	}

	/**
	 * Read a request.
	 * @param body the parsed body
	 * @param uploads what the calling team has uploaded
	 * @return the request, with every default filled in
	 * @throws ApiException if anything is wrong with it
	 */
	GenerationRequest read(ObjectNode body, KnownUploads uploads) {
		FieldReader fields = new FieldReader(body);
		FieldReader metadata = fields.object("metadata");
		JsonNode id = fields.node("model");
		Optional<Model> model = Optional.ofNullable(id)
			.flatMap(JsonNode::stringValueOpt)
			.flatMap(this.catalogue::model);
		Route route = model.map((known) -> route(known, fields, metadata))
			.orElseGet(() -> new Route.Nowhere(noSuchModel(id)));
		RequestContent content = new RequestContent(fields, metadata, limits(model, route), uploads);
		return switch (route) {
			case Route.Nowhere(Violation violation) -> throw fields.refusal(violation);
			case Route.To to -> content.request(model.orElseThrow().id(), to);
		};
	}

	/** An empty array is as good as none; a wrong value still tells what was meant. */
	private static Route route(Model model, FieldReader fields, FieldReader metadata) {
		return ModeRouter.route(model, fields.isFilled("image_urls"), metadata.isFilled("reference_urls"),
				fields.isFilled("prompt"));
	}

	private Limits limits(Optional<Model> model, Route route) {
		return switch (route) {
			case Route.To(var mode, ModeSpec spec) -> new Limits(List.of(spec));
			case Route.Nowhere(var violation) -> new Limits(model.map(List::of)
				.orElseGet(this.catalogue::models)
				.stream()
				.flatMap((meant) -> meant.modes().values().stream())
				.toList());
		};
	}

	private Violation noSuchModel(@Nullable JsonNode id) {
		String known = this.catalogue.models().stream().map(Model::id).collect(Collectors.joining(", "));
		if (id == null) {
			return Violation.invalid("model", "model is required; known is %s".formatted(known));
		}
		String sent = FieldReader.shown(id.toString());
		return id.isString()
				? new Violation("model", ErrorCode.MODEL_NOT_FOUND,
						"There is no model %s; known is %s".formatted(sent, known))
				: Violation.invalid("model", "model must be a string (was %s)".formatted(sent));
	}

}
