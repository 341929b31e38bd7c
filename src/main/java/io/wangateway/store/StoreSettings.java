package io.wangateway.store;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where media are kept.
 *
 * @param dataDir the folder of this replica
 * @param store the store that all replicas share
 */
@ConfigurationProperties("gateway")
record StoreSettings(@DefaultValue("./data") Path dataDir, @DefaultValue Shared store) {

	/** Return the folder that is the store, absolute. */
	Path folder() {
		Path folder = this.store.folder();
		return ((folder != null) ? folder : this.dataDir).toAbsolutePath().normalize();
	}

	/**
	 * The store.
	 *
	 * @param folder the folder, or {@code null} for the data folder
	 */
	record Shared(@Nullable Path folder) {
	}

}
