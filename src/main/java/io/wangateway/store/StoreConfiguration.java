package io.wangateway.store;

import java.time.Clock;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Chooses the store.
 */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

	@Bean
	Store store(StoreSettings settings, StoreMark mark) {
		return new FolderStore(settings.folder(), mark);
	}

	/** On the file system of the store, so that a file can be moved there in one step. */
	@Bean
	Spool spool(StoreSettings settings, Clock clock) {
		return new Spool(settings.folder().resolve("spool"), clock);
	}

}
