package io.wangateway.admission;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;

import io.wangateway.GatewayTest;
import io.wangateway.TestDatabase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThatNoException;

/** Replicas start and search while others work on the same lanes. */
@GatewayTest
class LaneLockTests {

	/** Registered after others. */
	private static final String LANE = "sandbox:wan2.6-r2v-flash";

	@Autowired
	private Lanes lanes;

	@Autowired
	private JdbcClient jdbc;

	@Autowired
	private TestDatabase database;

	/** Else each could wait for the other, and the start would fail. */
	@Test
	void replicaThatStartsHoldsNoLaneWhileItWaitsForAnother() throws SQLException {
		try (Connection connection = this.database.connect(); Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			statement.execute("set local lock_timeout = '5s'");
			statement.execute("select from lane where name = '%s' for no key update".formatted(LANE));
			CompletableFuture<Void> starting = CompletableFuture.runAsync(this.lanes::register);
			Awaitility.await()
				.until(() -> this.jdbc.sql("""
						select count(*) from pg_stat_activity
						 where wait_event_type = 'Lock' and query like 'insert into lane%'""")
					.query(Integer.class)
					.single() > 0);
			assertThatNoException().isThrownBy(
					() -> statement.execute("select from lane where name <> '%s' for no key update".formatted(LANE)));
			connection.rollback();
			starting.join();
		}
	}

}
