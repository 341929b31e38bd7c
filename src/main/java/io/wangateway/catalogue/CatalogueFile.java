package io.wangateway.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Collectors;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.Resource;

/**
 * The catalogue as it is written. Every key is required and no other is allowed, so that
 * a slip of the pen in a limit is found at start and not on the bill.
 *
 * @param models the models, in the order in which they are listed to teams
 */
record CatalogueFile(List<Model> models) {

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
		.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
				DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
				DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
				DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	/**
	 * Read a catalogue.
	 * @param location where it is
	 * @return the catalogue
	 * @throws IllegalStateException if it is not valid, with a sentence that says where
	 */
	static Catalogue read(Resource location) throws IOException {
		try (InputStream in = location.getInputStream()) {
			Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
			return new Catalogue(MAPPER.convertValue(tree, CatalogueFile.class).models());
		}
		catch (JacksonException ex) {
			throw invalid(location, path(ex) + reason(ex), ex);
		}
		catch (YAMLException | IllegalArgumentException ex) {
			throw invalid(location, String.valueOf(ex.getMessage()), ex);
		}
	}

	private static IllegalStateException invalid(Resource location, String sentence, Exception cause) {
		return new IllegalStateException("%s: %s".formatted(location.getDescription(), sentence), cause);
	}

	private static String path(JacksonException ex) {
		String path = ex.getPath()
			.stream()
			.map((step) -> (step.getPropertyName() != null) ? "." + step.getPropertyName()
					: "[" + step.getIndex() + "]")
			.collect(Collectors.joining());
		return path.isEmpty() ? "" : path.substring(1) + ": ";
	}

	/** What Jackson adds in brackets and after a semicolon is about itself. */
	private static String reason(JacksonException ex) {
		return (ex.getCause() instanceof IllegalArgumentException cause) ? String.valueOf(cause.getMessage())
				: ex.getOriginalMessage().replaceFirst("(?s) ?[(;].*", "");
	}

}
