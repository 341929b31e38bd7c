package io.wangateway.database;

import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/**
 * Says in a sentence why a configured database can't be reached, in place of the stack
 * trace of whatever asked for a connection first.
 */
class DatabaseFailureAnalyzer extends AbstractFailureAnalyzer<SQLException> {

	private final Environment environment;

	DatabaseFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, SQLException cause) {
		if (cause.getSQLState() == null || !isAboutConnecting(cause.getSQLState())) {
			return null;
		}
		return new FailureAnalysis(
				"The gateway can't connect to its database, %s: %s"
					.formatted(this.environment.getProperty("spring.datasource.url"), cause.getMessage()),
				"Check SPRING_DATASOURCE_URL, SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD, and that the server runs.",
				rootFailure);
	}

	/**
	 * Connection failures, invalid authorization, no such database, and a server that is
	 * starting, stopping or full, by the classes of the SQL standard and of PostgreSQL.
	 */
	private static boolean isAboutConnecting(String sqlState) {
		return sqlState.startsWith("08") || sqlState.startsWith("28") || sqlState.equals("3D000")
				|| sqlState.startsWith("57P") || sqlState.equals("53300");
	}

}
