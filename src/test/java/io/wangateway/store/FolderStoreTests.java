package io.wangateway.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import io.wangateway.TestDatabase;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Media in a folder, and what only looks like it. */
class FolderStoreTests {

	private static final TestDatabase database = TestDatabase.create();

	private static JdbcClient jdbc;

	@TempDir
	private Path folder;

	@BeforeAll
	static void migrate() {
		DriverManagerDataSource source = new DriverManagerDataSource(database.url(), database.user(),
				database.secret());
		Flyway.configure().dataSource(source).locations("classpath:db/migration").load().migrate();
		jdbc = JdbcClient.create(source);
	}

	@BeforeEach
	void forgetTheStore() {
		jdbc.sql("delete from store_mark").update();
	}

	@Test
	void folderWithoutTheMarkIsNeitherWrittenNorReadNorEmptied() throws IOException {
		keep(this.folder.resolve("store"));
		FolderStore unshared = new FolderStore(this.folder.resolve("unshared"), new StoreMark(jdbc));
		Path file = Files.writeString(this.folder.resolve("file"), "x");
		assertThatExceptionOfType(StoreException.class).isThrownBy(() -> unshared.keep("a/b", file))
			.withMessageContaining("is not the store");
		assertThatExceptionOfType(StoreException.class).isThrownBy(() -> unshared.open("a/b", ByteRange.whole(1)))
			.matches((ex) -> !ex.isMissing());
		assertThatExceptionOfType(StoreException.class).isThrownBy(() -> unshared.remove("a/b"));
		assertThat(file).exists();
		assertThat(this.folder.resolve("unshared")).doesNotExist();
	}

	@Test
	void storeIsKnownAgainByItsMark() throws IOException {
		Path place = this.folder.resolve("store");
		keep(place);
		FolderStore again = new FolderStore(place, new StoreMark(jdbc));
		try (InputStream content = again.open("a/b", ByteRange.whole(1))) {
			assertThat(content.readAllBytes()).asString().isEqualTo("x");
		}
		assertThatExceptionOfType(StoreException.class).isThrownBy(() -> again.open("a/c", ByteRange.whole(1)))
			.matches(StoreException::isMissing);
	}

	private void keep(Path place) throws IOException {
		new FolderStore(place, new StoreMark(jdbc)).keep("a/b", Files.writeString(this.folder.resolve("new"), "x"));
	}

}
