package io.wangateway.store;

import java.nio.file.Path;
import java.time.Clock;

import io.wangateway.database.DataFolder;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Chooses the store.
 */
@Configuration(proxyBeanMethods = false)
class StoreConfiguration {

	@Bean
	Store store(StoreSettings settings, DataFolder dataFolder, StoreMark mark) {
		return new FolderStore(folder(settings, dataFolder), mark);
	}

	/** On the file system of the store, so that a file can be moved there in one step. */
	@Bean
	Spool spool(StoreSettings settings, DataFolder dataFolder, Clock clock) {
		return new Spool(folder(settings, dataFolder).resolve("spool"), clock);
	}

	private static Path folder(StoreSettings settings, DataFolder dataFolder) {
		Path folder = settings.folder();
		return (folder != null) ? folder.toAbsolutePath().normalize() : dataFolder.dataDir();
	}

}
