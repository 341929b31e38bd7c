package io.wangateway.catalogue;

import java.io.IOException;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;

/**
 * Reads the catalogue once, at start; what is wrong with it keeps the gateway from
 * starting.
 */
@Configuration(proxyBeanMethods = false)
class CatalogueConfiguration {

	@Bean
	Catalogue catalogue(Settings settings) throws IOException {
		return CatalogueFile.read(settings.location());
	}

	/**
	 * Where the catalogue is.
	 *
	 * @param location the file, by default the one that comes with the gateway
	 */
	@ConfigurationProperties("gateway.catalogue")
	record Settings(@DefaultValue("classpath:catalogue.yml") Resource location) {
	}

}
