package io.wangateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import tools.jackson.databind.JsonNode;

/**
 * An operation of the OpenAPI description.
 *
 * @param method such as {@code GET}
 * @param path with its variables in braces
 * @param node what is said about it
 * @param parameters those of its path and its own, references resolved
 */
public record Operation(String method, String path, JsonNode node, List<JsonNode> parameters) {

	private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

	/**
	 * Return all operations.
	 * @param description an OpenAPI description
	 */
	public static List<Operation> of(JsonNode description) {
		List<Operation> operations = new ArrayList<>();
		description.path("paths").forEachEntry((path, item) -> item.forEachEntry((method, node) -> {
			if (METHODS.contains(method)) {
				List<JsonNode> parameters = new ArrayList<>();
				item.path("parameters").forEach((each) -> parameters.add(resolve(description, each)));
				node.path("parameters").forEach((each) -> parameters.add(resolve(description, each)));
				operations.add(new Operation(method.toUpperCase(Locale.ROOT), path, node, parameters));
			}
		}));
		return operations;
	}

	/** Return what a reference stands for, or the node itself where it is none. */
	public static JsonNode resolve(JsonNode description, JsonNode node) {
		return node.has("$ref") ? description.at(node.get("$ref").stringValue().substring(1)) : node;
	}

	/** Return the id that is unique in the description. */
	public String id() {
		return this.node.path("operationId").stringValue("");
	}

	/** Return the parameters of a place, such as {@code query}. */
	public List<JsonNode> parameters(String place) {
		return this.parameters.stream().filter((each) -> each.path("in").stringValue("").equals(place)).toList();
	}

	/** Whether the key of an operator opens it. */
	public boolean isForOperators() {
		return this.node.path("security").path(0).has("operator");
	}

	/** Whether the key of a team opens it. */
	public boolean isForTeams() {
		return !this.node.has("security");
	}

	/** Whether it is decided on, but not there yet. */
	public boolean isPlanned() {
		return this.node.has("x-planned");
	}

	/** Return the schema of the body, missing where there is none. */
	public JsonNode bodySchema() {
		return this.node.at("/requestBody/content/application~1json/schema");
	}

	@Override
	public String toString() {
		return this.method + " " + this.path;
	}

}
