package io.wangateway.database;

import java.nio.file.Path;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the embedded PostgreSQL is kept.
 *
 * @param dataDir the folder, made when something is first written there; absolute
 */
@ConfigurationProperties("gateway")
record DataFolder(@DefaultValue("./data") Path dataDir) {

	DataFolder {
		dataDir = dataDir.toAbsolutePath().normalize();
	}

}
