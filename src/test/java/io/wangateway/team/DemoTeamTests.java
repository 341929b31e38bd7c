package io.wangateway.team;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;

import io.wangateway.GatewayTest;
import com.github.benmanes.caffeine.cache.Ticker;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;

/** The team that the README's first request is made as. */
@GatewayTest
@Transactional
class DemoTeamTests {

	@TempDir
	Path data;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	ApiKeys keys;

	@Autowired
	Audit audit;

	@Autowired
	Clock clock;

	private final MockEnvironment environment = new MockEnvironment();

	@Test
	void embeddedDatabaseBringsADemoTeamWithASandboxKey() throws IOException {
		start(null);
		Path file = this.data.resolve("sandbox.key");
		KeySecret secret = new KeySecret(Files.readString(file).strip());
		assertThat(caller(secret)).isInstanceOfSatisfying(Caller.TeamCaller.class, (caller) -> {
			assertThat(caller.teamName()).isEqualTo("demo");
			assertThat(caller.livemode()).isFalse();
		});
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
	}

	@Test
	void laterStartsLeaveTheKeyAlone() throws IOException {
		start(true);
		String key = Files.readString(this.data.resolve("sandbox.key"));
		start(true);
		assertThat(Files.readString(this.data.resolve("sandbox.key"))).isEqualTo(key);
	}

	@Test
	void lostFileIsReplacedAndItsKeyRevoked() throws IOException {
		start(true);
		Path file = this.data.resolve("sandbox.key");
		KeySecret lost = new KeySecret(Files.readString(file).strip());
		Files.delete(file);
		start(true);
		assertThat(caller(lost)).isNull();
		assertThat(caller(new KeySecret(Files.readString(file).strip()))).isNotNull();
	}

	@Test
	void otherDatabasesBringNone() {
		this.environment.setProperty("spring.datasource.url", "jdbc:postgresql://db/gateway");
		start(null);
		assertThat(this.data).isEmptyDirectory();
		start(false);
		assertThat(this.data).isEmptyDirectory();
		start(true);
		assertThat(this.data).isNotEmptyDirectory();
	}

	private void start(@Nullable Boolean demo) {
		TeamSettings settings = new TeamSettings(this.data, null, demo, null, null);
		new DemoTeam(this.jdbc, this.keys, this.audit, settings, this.environment, this.clock)
			.run(new DefaultApplicationArguments());
	}

	private @Nullable Caller caller(KeySecret secret) {
		return new Callers(this.jdbc, this.clock, Ticker.systemTicker(), Runnable::run).find(secret)
			.map(KnownKey::caller)
			.orElse(null);
	}

}
