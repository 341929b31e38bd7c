package io.wangateway.web;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a request's body to a tree without forgiving anything. A controller gets the tree
 * by declaring {@code @RequestBody ObjectNode}.
 */
public final class StrictJson {

	/** The largest body, in bytes. */
	public static final int MAX_BYTES = 1 << 20;

	private static final int MAX_DEPTH = 32;

	private static final int MAX_NUMBER_LENGTH = 64;

	private static final int MAX_NAME_LENGTH = 256;

	private static final int MAX_SCALE = 100;

	private static final JsonMapper mapper = JsonMapper
		.builder(JsonFactory.builder()
			.streamReadConstraints(StreamReadConstraints.builder()
				.maxNestingDepth(MAX_DEPTH)
				.maxNumberLength(MAX_NUMBER_LENGTH)
				.maxNameLength(MAX_NAME_LENGTH)
				.build())
			.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
			.build())
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	private StrictJson() {
	}

	/**
	 * Read a JSON object.
	 * @param body UTF-8 bytes, of which no more are read than are allowed
	 * @return the object; its decimals are exact, and all its text can be stored
	 * @throws ApiException if this is not exactly one well-formed object, or too large
	 * @throws IOException if the body breaks off
	 */
	public static ObjectNode read(InputStream body) throws IOException {
		byte[] bytes = body.readNBytes(MAX_BYTES + 1);
		if (bytes.length > MAX_BYTES) {
			throw tooLarge();
		}
		JsonNode tree = parse(decode(bytes));
		if (!(tree instanceof ObjectNode object)) {
			throw invalid(tree.isMissingNode() ? "The body is empty; it must be a JSON object"
					: "The body must be a JSON object, not another value");
		}
		checkText(object);
		return object;
	}

	static ApiException tooLarge() {
		return new ApiException(ErrorCode.REQUEST_TOO_LARGE, "The body may have at most %d bytes".formatted(MAX_BYTES));
	}

	private static String decode(byte[] bytes) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
		}
		catch (CharacterCodingException _) {
			throw invalid("The body is not UTF-8");
		}
	}

	private static JsonNode parse(String text) {
		try {
			return mapper.readTree(text);
		}
		catch (StreamConstraintsException ex) {
			throw invalid(("The body has more than %d levels, a number of more than %d digits or a name of more than "
					+ "%d characters%s")
				.formatted(MAX_DEPTH, MAX_NUMBER_LENGTH, MAX_NAME_LENGTH, where(ex)));
		}
		catch (JacksonException ex) {
			throw invalid(
					(isDuplicate(ex) ? "The body names a field twice" : "The body is not valid JSON") + where(ex));
		}
	}

	/** Jackson has no type of its own for this. */
	private static boolean isDuplicate(JacksonException ex) {
		return String.valueOf(ex.getOriginalMessage()).startsWith("Duplicate");
	}

	private static String where(JacksonException ex) {
		TokenStreamLocation location = ex.getLocation();
		return (location != null) ? ": line %d, column %d".formatted(location.getLineNr(), location.getColumnNr()) : "";
	}

	/**
	 * Refuse what parses but can be neither stored nor computed with: NUL, half a
	 * surrogate pair, and numbers such as {@code 1e999999999}.
	 */
	private static void checkText(JsonNode node) {
		if (node.isString()) {
			checkText(node.stringValue());
		}
		else if (node.isBigDecimal() && Math.abs(node.decimalValue().scale()) > MAX_SCALE) {
			throw invalid("The body has a number with an exponent beyond %d".formatted(MAX_SCALE));
		}
		node.propertyNames().forEach(StrictJson::checkText);
		node.forEach(StrictJson::checkText);
	}

	private static void checkText(String text) {
		if (text.indexOf('\0') >= 0) {
			throw invalid("The body has a NUL character (\\u0000) in a string");
		}
		if (text.codePoints().anyMatch((c) -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
			throw invalid("The body has half a surrogate pair (\\ud800 to \\udfff) in a string");
		}
	}

	private static ApiException invalid(String message) {
		return new ApiException(ErrorCode.INVALID_JSON, message);
	}

}
