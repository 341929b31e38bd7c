package io.wangateway.catalogue;

import java.io.IOException;
import java.io.UncheckedIOException;

import org.springframework.core.io.ClassPathResource;

/**
 * The catalogue that comes with the gateway, for tests without an application context.
 */
public final class ShippedCatalogue {

	private ShippedCatalogue() {
	}

	/** Read it as it is. */
	public static Catalogue read() {
		try {
			return CatalogueFile.read(new ClassPathResource("catalogue.yml"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Read it with every model switched on. */
	public static Catalogue readAllOn() {
		return new Catalogue(read().all()
			.stream()
			.map((model) -> new Model(model.id(), true, model.created(), model.ownedBy(), model.routing(),
					model.modes()))
			.toList());
	}

}
