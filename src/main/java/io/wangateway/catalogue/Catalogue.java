package io.wangateway.catalogue;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.util.Assert;

/**
 * The models that the gateway knows. A model that is switched off can't be asked for, but
 * its tasks of earlier days still run and its prices can be prepared.
 */
public final class Catalogue {

	private final Map<String, Model> models;

	private final Map<String, ModeSpec> byUpstream;

	Catalogue(List<Model> models) {
		Assert.isTrue(!models.isEmpty(), "there must be a model");
		requireDistinct("id", models.stream().map(Model::id));
		requireDistinct("upstream", modes(models).map(ModeSpec::upstream));
		this.models = models.stream()
			.collect(Collectors.toMap(Model::id, Function.identity(), (one, other) -> one, LinkedHashMap::new));
		this.byUpstream = modes(models).collect(Collectors.toUnmodifiableMap(ModeSpec::upstream, Function.identity()));
	}

	private static Stream<ModeSpec> modes(List<Model> models) {
		return models.stream().flatMap((model) -> model.modes().values().stream());
	}

	private static void requireDistinct(String what, Stream<String> names) {
		Set<String> seen = new HashSet<>();
		names.forEach((name) -> Assert.isTrue(seen.add(name),
				() -> "there are two models with the %s %s".formatted(what, name)));
	}

	/** Return the models on offer, in the order of the file. */
	public List<Model> models() {
		return this.models.values().stream().filter(Model::enabled).toList();
	}

	/** Return all models, on offer or not, in the order of the file. */
	public List<Model> all() {
		return List.copyOf(this.models.values());
	}

	/**
	 * Return a model on offer.
	 * @param id the public name, such as {@code wan2.6-flash}
	 * @return the model, if there is one and it is switched on
	 */
	public Optional<Model> model(String id) {
		return known(id).filter(Model::enabled);
	}

	/**
	 * Return a model, on offer or not.
	 * @param id the public name
	 * @return the model, if there is one
	 */
	public Optional<Model> known(String id) {
		return Optional.ofNullable(this.models.get(id));
	}

	/**
	 * Return what holds for an upstream model, on offer or not.
	 * @param upstream DashScope's name, such as {@code wan2.6-i2v-flash}
	 * @return its limits, if it is in the catalogue
	 */
	public Optional<ModeSpec> upstream(String upstream) {
		return Optional.ofNullable(this.byUpstream.get(upstream));
	}

	/** Return DashScope's names of all models, on offer or not. */
	public Set<String> upstreamModels() {
		return this.byUpstream.keySet();
	}

}
