package io.wangateway.team;

import java.nio.file.Path;
import java.time.Clock;

import io.wangateway.GatewayTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Signatures under what leaves the gateway and comes back. */
@GatewayTest
class SignaturesTests {

	private static final String SECRET = "a secret of at least thirty-two bytes";

	private static final String OTHER = "another secret of at least 32 bytes!";

	@Autowired
	Signatures signatures;

	@Autowired
	JdbcClient jdbc;

	@Test
	void signatureIsGoodForItsTextAlone() {
		String signature = this.signatures.sign("link:a.mp4");
		assertThat(signature).matches("[A-Za-z0-9_-]{43}");
		assertThat(this.signatures.verify("link:a.mp4", signature)).isTrue();
		assertThat(this.signatures.verify("link:b.mp4", signature)).isFalse();
		assertThat(this.signatures.verify("link:a.mp4", signature.substring(1))).isFalse();
		assertThat(this.signatures.verify("link:a.mp4", "")).isFalse();
	}

	@Test
	void replicasAgreeOnTheSecretInTheDatabase() {
		assertThat(with(null, null).verify("x", with(null, null).sign("x"))).isTrue();
	}

	@Test
	void secretIsReplacedWithoutBreakingWhatItSigned() {
		String before = with(SECRET, null).sign("x");
		assertThat(with(OTHER, SECRET).verify("x", before)).isTrue();
		assertThat(with(OTHER, SECRET).sign("x")).isEqualTo(with(OTHER, null).sign("x")).isNotEqualTo(before);
		assertThat(with(OTHER, null).verify("x", before)).isFalse();
	}

	@Test
	void shortSecretIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> with("short", null))
			.withMessage("gateway.secret must have at least 32 bytes");
	}

	private Signatures with(@Nullable String secret, @Nullable String previous) {
		TeamSettings settings = new TeamSettings(Path.of("data"), null, null, secret, previous);
		return new Signatures(new GatewaySecret(this.jdbc, settings, Clock.systemUTC()));
	}

}
