package io.wangateway.openapi;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Judges values by the schemas of a description. A property that a schema of an object
 * does not name is a mistake, whether the schema says so or not.
 */
class Schemas {

	private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

	private final ObjectNode components;

	private final Map<JsonNode, Schema> compiled = new ConcurrentHashMap<>();

	Schemas(JsonNode description) {
		this.components = (ObjectNode) description.get("components").deepCopy();
		close(this.components.get("schemas"));
	}

	/**
	 * Judge a value.
	 * @param schema a schema of the description
	 * @param value the value
	 * @return what is wrong with it, nothing if it fits
	 */
	List<Error> judge(JsonNode schema, JsonNode value) {
		return this.compiled.computeIfAbsent(schema, this::compile).validate(value);
	}

	private Schema compile(JsonNode schema) {
		ObjectNode document = (ObjectNode) schema.deepCopy();
		close(document);
		document.set("components", this.components);
		return this.registry.getSchema(document);
	}

	private static void close(JsonNode node) {
		if (node instanceof ObjectNode schema && schema.path("properties").isObject()
				&& !schema.has("additionalProperties")) {
			schema.put("additionalProperties", false);
		}
		node.forEach(Schemas::close);
	}

}
