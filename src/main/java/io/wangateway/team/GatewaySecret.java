package io.wangateway.team;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/**
 * The secret of this gateway: from the settings, or else made once and kept in the
 * database, where all replicas find it.
 */
@Component
class GatewaySecret {

	private static final int LENGTH = 32;

	private final JdbcClient jdbc;

	private final Clock clock;

	private final Supplier<List<byte[]>> valid;

	GatewaySecret(JdbcClient jdbc, TeamSettings settings, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
		String secret = settings.secret();
		this.valid = (secret != null) ? SingletonSupplier.of(Stream.of(secret, settings.previousSecret())
			.filter(Objects::nonNull)
			.map((each) -> each.getBytes(StandardCharsets.UTF_8))
			.toList()) : SingletonSupplier.of(() -> List.of(fromDatabase()));
	}

	/** Return the secrets that are good: the one to sign with, then any before it. */
	List<byte[]> valid() {
		return this.valid.get();
	}

	private byte[] fromDatabase() {
		byte[] fresh = new byte[LENGTH];
		new SecureRandom().nextBytes(fresh);
		return this.jdbc.sql("""
				insert into gateway_secret (secret, created_at) values (:fresh, :now)
				    on conflict (id) do update set id = gateway_secret.id
				returning secret
				""")
			.param("fresh", fresh)
			.param("now", this.clock.instant().atOffset(ZoneOffset.UTC))
			.query(byte[].class)
			.single();
	}

}
