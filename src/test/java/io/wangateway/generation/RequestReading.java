package io.wangateway.generation;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.wangateway.catalogue.ShippedCatalogue;
import io.wangateway.web.ApiException;
import io.wangateway.web.StrictJson;
import io.wangateway.web.Violation;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Words for tests that read requests.
 */
public final class RequestReading {

	private static final GenerationRequestReader reader = new GenerationRequestReader(ShippedCatalogue.read());

	private static final GenerationRequestReader allOn = new GenerationRequestReader(ShippedCatalogue.readAllOn());

	private RequestReading() {
	}

	/** Read a request as the gateway does when no team has uploaded anything. */
	public static GenerationRequest read(String json) {
		return read(json, KnownUploads.NONE);
	}

	static GenerationRequest read(String json, KnownUploads uploads) {
		return read(reader, json, uploads);
	}

	/** Read a request while every model of the catalogue is switched on. */
	static GenerationRequest readWithAllOn(String json) {
		return read(allOn, json, KnownUploads.NONE);
	}

	/** Read a request that is to be refused. */
	static ApiException refusal(String json) {
		return catchThrowableOfType(ApiException.class, () -> read(json));
	}

	/** Return what is wrong with a request, in the order in which it is told. */
	static List<String> messages(String json) {
		return refusal(json).violations().stream().map(Violation::message).toList();
	}

	/** A request for a video from an image, with further fields. */
	static String i2v(String fields) {
		return """
				{"model":"wan2.6-flash","image_urls":["https://example.com/photo.jpg"]%s}"""
			.formatted(fields.isEmpty() ? "" : "," + fields);
	}

	/** A request for a video from a reference video, with further fields. */
	static String r2v(String fields) {
		return """
				{"model":"wan2.6-flash","metadata":{"reference_urls":["https://cdn.example.com/ref.mp4"]}%s}"""
			.formatted(fields.isEmpty() ? "" : "," + fields);
	}

	/** A request for a video from references, given as JSON strings. */
	static String references(String urls) {
		return """
				{"model":"wan2.6-flash","metadata":{"reference_urls":[%s]}}""".formatted(urls);
	}

	private static GenerationRequest read(GenerationRequestReader reader, String json, KnownUploads uploads) {
		try {
			return reader.read(StrictJson.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8))),
					uploads);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
