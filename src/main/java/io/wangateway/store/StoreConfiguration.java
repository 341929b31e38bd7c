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
		StoreSettings.S3 s3 = settings.store().s3();
		return (s3 != null) ? new S3Store(s3) : new FolderStore(settings.folder(), mark);
	}

	/**
	 * On the file system of a folder store, so that a file is moved there in one step.
	 */
	@Bean
	Spool spool(StoreSettings settings, Clock clock) {
		return new Spool(settings.spool(), settings.store().keptFree().toBytes(), clock);
	}

}
