package io.wangateway.catalogue;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

import org.springframework.util.Assert;

/**
 * A model under its public name: the modes it has and which input chooses which.
 *
 * @param id the public name, such as {@code wan2.6-flash}
 * @param enabled whether teams may use it; one that is switched off reads as absent
 * @param created when it came into the catalogue, in Unix seconds
 * @param ownedBy whose model it is
 * @param routing the mode that each input chooses; an input that is not there is refused
 * @param modes what the model can do
 */
public record Model(String id, boolean enabled, long created, String ownedBy, Map<Input, Mode> routing,
		Map<Mode, ModeSpec> modes) {

	public Model {
		Assert.isTrue(!id.isBlank(), "id must not be empty");
		Assert.isTrue(!modes.isEmpty(), "modes must not be empty");
		Assert.isTrue(modes.keySet().equals(Set.copyOf(routing.values())),
				() -> "routing must lead to each of the modes and to no other");
		routing = Collections.unmodifiableMap(new LinkedHashMap<>(routing));
		modes = Collections.unmodifiableMap(new LinkedHashMap<>(modes));
	}

	/**
	 * Return what holds for a mode.
	 * @param mode a mode of this model
	 * @return its limits and defaults
	 * @throws NoSuchElementException if the model does not have the mode
	 */
	public ModeSpec mode(Mode mode) {
		ModeSpec spec = this.modes.get(mode);
		if (spec == null) {
			throw new NoSuchElementException("%s has no mode %s".formatted(this.id, mode.code()));
		}
		return spec;
	}

}
