package io.wangateway.team;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

/**
 * What the gateway is told about keys and secrets.
 *
 * @param dataDir the folder where keys made at the first start are written
 * @param adminKey the key of the first admin, at least 32 visible ASCII characters;
 * without it one is made
 * @param demo whether to make a team {@code demo} with a sandbox key; by default only
 * with the embedded database
 * @param secret signs links, at least 32 bytes; without it one is made
 * @param previousSecret a secret whose signatures are still good
 */
@ConfigurationProperties("gateway")
record TeamSettings(@DefaultValue("./data") Path dataDir, @Nullable String adminKey, @Nullable Boolean demo,
		@Nullable String secret, @Nullable String previousSecret) {

	private static final int MIN_LENGTH = 32;

	TeamSettings {
		adminKey = StringUtils.hasText(adminKey) ? adminKey : null;
		secret = StringUtils.hasText(secret) ? secret : null;
		previousSecret = StringUtils.hasText(previousSecret) ? previousSecret : null;
		if (adminKey != null && !adminKey.matches("[!-~]{32,256}")) {
			throw new IllegalArgumentException(
					"gateway.admin-key must have 32 to 256 visible ASCII characters (has %d characters)"
						.formatted(adminKey.length()));
		}
		checkSecret("gateway.secret", secret);
		checkSecret("gateway.previous-secret", previousSecret);
	}

	private static void checkSecret(String name, @Nullable String secret) {
		if (secret != null && secret.getBytes(StandardCharsets.UTF_8).length < MIN_LENGTH) {
			throw new IllegalArgumentException("%s must have at least %d bytes".formatted(name, MIN_LENGTH));
		}
	}

	/** Return what may be logged. */
	@Override
	public String toString() {
		return "TeamSettings[dataDir=%s, demo=%s]".formatted(this.dataDir, this.demo);
	}

}
