package io.wangateway;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

import javax.sql.DataSource;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** The environment that other tests stand on. */
@SpringBootTest
@Import({ TestEnvironment.class, StandingTime.class })
class TestEnvironmentTests {

	@Autowired
	DataSource dataSource;

	@Autowired
	TestDatabase database;

	@Autowired
	Clock clock;

	@Autowired
	MutableClock mutableClock;

	@Test
	void applicationUsesTheDatabaseOfItsContext() throws SQLException {
		try (Connection connection = this.dataSource.getConnection()) {
			assertThat(this.database.getJdbcUrl()).contains("/" + connection.getCatalog());
		}
	}

	@Test
	void eachDatabaseIsEmptyAndItsOwn() throws SQLException {
		TestDatabase one = TestDatabase.create();
		TestDatabase other = TestDatabase.create();
		try (Connection connection = one.connect()) {
			connection.createStatement().execute("create table only_here ()");
		}
		try (Connection connection = other.connect()) {
			assertThat(connection.getMetaData().getTables(null, "public", "only_here", null).next()).isFalse();
		}
	}

	@Test
	void databaseIsPostgresOf15OrLater() {
		int version = JdbcClient.create(this.dataSource)
			.sql("select current_setting('server_version_num')::int")
			.query(Integer.class)
			.single();
		assertThat(version).isGreaterThanOrEqualTo(150000);
	}

	@Test
	void timeStandsUntilItIsMoved() {
		Instant start = this.clock.instant();
		Clock inShanghai = this.clock.withZone(ZoneId.of("Asia/Shanghai"));
		assertThat(this.clock.instant()).isEqualTo(start);
		this.mutableClock.advance(Duration.ofHours(1));
		assertThat(inShanghai.instant()).isEqualTo(start.plus(Duration.ofHours(1)));
		this.mutableClock.set(start);
		assertThat(this.clock.instant()).isEqualTo(start);
	}

}
