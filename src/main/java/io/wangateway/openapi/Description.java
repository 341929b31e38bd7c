package io.wangateway.openapi;

import java.io.IOException;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ContainerNode;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.beans.factory.config.YamlMapFactoryBean;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * The OpenAPI description of the routes, merged from the files in {@code openapi}, one
 * per area. It is written by hand, because bodies are read as trees, from which no schema
 * could be derived; tests hold it to what the gateway does.
 */
@Component
class Description {

	/** Marks an operation or a parameter that is decided on, but not there yet. */
	static final String PLANNED = "x-planned";

	private final ObjectNode written;

	private final byte[] published;

	Description(ResourcePatternResolver resources) throws IOException {
		JsonMapper json = JsonMapper.shared();
		YamlMapFactoryBean files = new Areas();
		files.setResources(resources.getResources("classpath:openapi/*.yaml"));
		this.written = json.valueToTree(files.getObject());
		this.published = json.writeValueAsBytes(withoutPlanned(this.written.deepCopy()));
	}

	/** Return all that is written down, planned operations among it. */
	ObjectNode written() {
		return this.written;
	}

	/** Return what is there now, as JSON. */
	byte[] published() {
		return this.published;
	}

	/** Leave out what is marked, and paths of which nothing is left. */
	private static JsonNode withoutPlanned(JsonNode node) {
		if (node instanceof ContainerNode<?> container) {
			container.removeIf((child) -> child.has(PLANNED));
		}
		node.forEach(Description::withoutPlanned);
		if (node.path("paths") instanceof ObjectNode paths) {
			paths.removeIf((path) -> path.valueStream().noneMatch(JsonNode::isObject));
		}
		return node;
	}

	/** The files, which say once what many routes have in common. */
	private static final class Areas extends YamlMapFactoryBean {

		private static final int MAX_ALIASES = 10_000;

		@Override
		protected Yaml createYaml() {
			LoaderOptions options = new LoaderOptions();
			options.setAllowDuplicateKeys(false);
			options.setMaxAliasesForCollections(MAX_ALIASES);
			return new Yaml(new SafeConstructor(options));
		}

	}

}
