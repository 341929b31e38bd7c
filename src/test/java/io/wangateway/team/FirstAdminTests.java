package io.wangateway.team;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import io.wangateway.TestDatabase;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** The admin that a gateway finds or makes when it starts on an empty database. */
class FirstAdminTests {

	private static final String KEY = "a-key-from-the-settings-0123456789";

	@TempDir
	Path data;

	private DriverManagerDataSource dataSource;

	private JdbcClient jdbc;

	@BeforeEach
	void migrate() {
		TestDatabase database = TestDatabase.create();
		this.dataSource = new DriverManagerDataSource(database.url(), database.user(), database.secret());
		this.jdbc = JdbcClient.create(this.dataSource);
		Flyway.configure().dataSource(this.dataSource).locations("classpath:db/migration").target("1").load().migrate();
	}

	@Test
	void keyInTheSettingsIsTheAdmins() {
		start(KEY, this.data);
		assertThat(admin(new KeySecret(KEY))).isTrue();
		assertThat(this.data).isEmptyDirectory();
		start(KEY, this.data);
		assertThat(trail()).containsExactly("operator.bootstrap");
	}

	@Test
	void otherKeyInTheSettingsReplacesTheFormer() {
		start(KEY, this.data);
		start("another-key-from-the-settings-0123", this.data);
		assertThat(admin(new KeySecret(KEY))).isFalse();
		assertThat(admin(new KeySecret("another-key-from-the-settings-0123"))).isTrue();
	}

	@Test
	void withoutASettingAKeyIsMadeThatOnlyItsOwnerMayRead() throws IOException {
		start(null, this.data);
		Path file = this.data.resolve("admin.key");
		assertThat(admin(new KeySecret(Files.readString(file).strip()))).isTrue();
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
		assertThat(this.data.toFile().list()).containsExactly("admin.key");
	}

	@Test
	void laterStartsLeaveTheKeyAlone() throws IOException {
		start(null, this.data);
		String key = Files.readString(this.data.resolve("admin.key"));
		start(null, this.data);
		assertThat(Files.readString(this.data.resolve("admin.key"))).isEqualTo(key);
		assertThat(trail()).hasSize(1);
	}

	@Test
	void replicasThatStartTogetherMakeOneKey() throws Exception {
		List<Path> folders = Stream.of("a", "b", "c", "d").map(this.data::resolve).toList();
		try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			List<Future<?>> starts = folders.stream()
				.<Future<?>>map((folder) -> executor.submit(() -> start(null, folder)))
				.toList();
			for (Future<?> each : starts) {
				each.get();
			}
		}
		List<Path> files = folders.stream().map((folder) -> folder.resolve("admin.key")).filter(Files::exists).toList();
		assertThat(files).hasSize(1);
		assertThat(admin(new KeySecret(Files.readString(files.getFirst()).strip()))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "too-short", "thirty-two characters with blanks" })
	void weakKeyInTheSettingsIsRefused(String key) {
		assertThatIllegalArgumentException().isThrownBy(() -> settings(key, this.data))
			.withMessageContaining("gateway.admin-key must have 32 to 256 visible ASCII characters")
			.withMessageNotContaining(key);
	}

	@Test
	void settingsArePrintedWithoutSecrets() {
		assertThat(settings(KEY, this.data).toString()).doesNotContain(KEY);
	}

	private void start(@Nullable String key, Path folder) {
		Audit audit = new Audit(this.jdbc, JsonMapper.shared(), Clock.systemUTC());
		FirstAdmin admin = new FirstAdmin(this.jdbc, audit, settings(key, folder), Clock.systemUTC());
		new TransactionTemplate(new JdbcTransactionManager(this.dataSource))
			.executeWithoutResult((_) -> admin.run(new DefaultApplicationArguments()));
	}

	private static TeamSettings settings(@Nullable String key, Path folder) {
		return new TeamSettings(folder, key, null, null, null);
	}

	private boolean admin(KeySecret secret) {
		return new Callers(this.jdbc, Clock.systemUTC()).find(secret)
			.filter((key) -> key.caller() instanceof Caller.Operator operator && operator.role() == Role.ADMIN)
			.isPresent();
	}

	private List<@Nullable String> trail() {
		return this.jdbc.sql("select action from audit_entry").query(String.class).list();
	}

}
