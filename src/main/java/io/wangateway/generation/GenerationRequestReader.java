package io.wangateway.generation;

import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

import io.wangateway.catalogue.Catalogue;
import io.wangateway.web.ApiException;

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
	 * @return the request
	 * @throws ApiException if anything is wrong with it
	 */
	GenerationRequest read(JsonNode body, KnownUploads uploads) {
		throw new UnsupportedOperationException(this.catalogue.models() + " " + body + uploads);
	}

}
