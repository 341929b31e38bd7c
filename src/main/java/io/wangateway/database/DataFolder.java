package io.wangateway.database;

import java.nio.file.Path;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where the gateway keeps what is not in a database: the embedded PostgreSQL, and the
 * first keys.
 *
 * @param dataDir the folder, made when something is first written there; absolute
 */
@ConfigurationProperties("gateway")
public record DataFolder(@DefaultValue("./data") Path dataDir) {

	public DataFolder {
		dataDir = dataDir.toAbsolutePath().normalize();
	}

}
