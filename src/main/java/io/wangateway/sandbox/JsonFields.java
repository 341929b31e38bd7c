package io.wangateway.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The fields of a JSON object, each read as the type that it must have. A field that is
 * missing or null is empty; one of another type is refused. Fields that nobody asks for
 * may hold anything: the official SDK always sends some that are in no documentation.
 */
final class JsonFields {

	private static final Pattern URL = Pattern.compile("(https?|oss)://[^\\s]+");

	private static final JsonMapper mapper = JsonMapper.shared();

	private final String path;

	private final JsonNode object;

	private JsonFields(String path, JsonNode object) {
		this.path = path;
		this.object = object;
	}

	/**
	 * Read a request body.
	 * @param body the bytes as they came
	 * @return its fields
	 */
	static JsonFields parse(byte[] body) {
		try {
			JsonNode node = mapper.readTree(body);
			if (node.isObject()) {
				return new JsonFields("", node);
			}
		}
		catch (JacksonException ex) {
			// Refused like any other body that is not an object.
		}
		throw Refusal.invalidParameter("Required body invalid, please check the request body format.");
	}

	static JsonFields none() {
		return new JsonFields("", JsonNodeFactory.instance.objectNode());
	}

	Optional<JsonFields> object(String name) {
		return field(name).map((node) -> {
			require(node.isObject(), name, "an object");
			return new JsonFields(this.path + name + ".", node);
		});
	}

	Optional<String> text(String name) {
		return field(name).map((node) -> {
			require(node.isString(), name, "a string");
			return node.stringValue();
		});
	}

	Optional<Boolean> bool(String name) {
		return field(name).map((node) -> {
			require(node.isBoolean(), name, "a boolean");
			return node.booleanValue();
		});
	}

	OptionalInt integer(String name, int min, int max) {
		Optional<JsonNode> field = field(name);
		if (field.isEmpty()) {
			return OptionalInt.empty();
		}
		JsonNode node = field.get();
		require(node.isIntegralNumber() && node.canConvertToInt() && node.intValue() >= min && node.intValue() <= max,
				name, "an integer from %d to %d".formatted(min, max));
		return OptionalInt.of(node.intValue());
	}

	Optional<Reference> url(String name) {
		return text(name).map((url) -> reference(url, name));
	}

	List<Reference> urls(String name) {
		List<Reference> urls = new ArrayList<>();
		field(name).ifPresent((node) -> {
			require(node.isArray(), name, "a list of strings");
			for (JsonNode item : node) {
				require(item.isString(), name, "a list of strings");
				urls.add(reference(item.stringValue(), name));
			}
		});
		return urls;
	}

	private Reference reference(String url, String name) {
		if (!URL.matcher(url).matches()) {
			throw new Refusal(400, "InvalidURL", "The provided URL is invalid: " + this.path + name);
		}
		return new Reference(url);
	}

	private Optional<JsonNode> field(String name) {
		return Optional.ofNullable(this.object.get(name)).filter((node) -> !node.isNull());
	}

	private void require(boolean valid, String name, String expected) {
		if (!valid) {
			throw Refusal.invalidParameter("%s%s must be %s".formatted(this.path, name, expected));
		}
	}

}
