package io.wangateway.store;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Where media are kept.
 *
 * @param folder the folder that all replicas share, by default the data folder
 */
@ConfigurationProperties("gateway.store")
record StoreSettings(@Nullable Path folder) {
}
