package io.wangateway.store;

import java.net.URI;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.Assert;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

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

	/** Return the folder in which files are made before they are kept. */
	Path spool() {
		return ((this.store.s3() != null) ? this.dataDir.toAbsolutePath().normalize() : folder()).resolve("spool");
	}

	/**
	 * The store.
	 *
	 * @param folder the folder, or {@code null} for the data folder
	 * @param s3 the S3 store to be used instead, or {@code null}
	 * @param keptFree how much of the disk uploads and copies leave to others, such as
	 * the database on it
	 */
	record Shared(@Nullable Path folder, @Nullable S3 s3, @DefaultValue("256MB") DataSize keptFree) {

		/** An empty bucket counts as none: compose files set it so. */
		Shared {
			s3 = (s3 != null && StringUtils.hasText(s3.bucket())) ? s3 : null;
		}

	}

	/**
	 * A store that speaks S3.
	 *
	 * @param bucket the bucket, which must be there
	 * @param endpoint where it is, or {@code null} for Amazon's own
	 * @param region the region
	 * @param accessKey with the secret key, or {@code null} for what the environment or
	 * the machine provides
	 * @param secretKey with the access key
	 * @param pathStyle whether the bucket's name is in the path and not in the host's
	 * name
	 * @param reachable whether Alibaba and callers can reach it; otherwise bytes go by
	 * way of the gateway
	 */
	record S3(@DefaultValue("") String bucket, @Nullable URI endpoint, @DefaultValue("us-east-1") String region,
			@Nullable String accessKey, @Nullable String secretKey, @DefaultValue("true") boolean pathStyle,
			@DefaultValue("true") boolean reachable) {

		S3 {
			Assert.isTrue((accessKey == null) == (secretKey == null),
					"gateway.store.s3.access-key and .secret-key are set together, or neither is");
		}

		/** The keys are masked. */
		@Override
		public String toString() {
			return "S3[bucket=%s, endpoint=%s]".formatted(this.bucket, this.endpoint);
		}

	}

}
