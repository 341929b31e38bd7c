package io.wangateway.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import io.wangateway.GatewayTest;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

@GatewayTest
class MigrationTests {

	@Autowired
	private Flyway flyway;

	@Test
	void migrationThatTakesMinutesIsNotCutOff() throws SQLException {
		try (Connection connection = this.flyway.getConfiguration().getDataSource().getConnection();
				Statement statement = connection.createStatement();
				ResultSet limit = statement.executeQuery("show idle_in_transaction_session_timeout")) {
			assertThat(connection.getNetworkTimeout()).isZero();
			assertThat(limit.next()).isTrue();
			assertThat(limit.getString(1)).isEqualTo("0");
		}
	}

}
