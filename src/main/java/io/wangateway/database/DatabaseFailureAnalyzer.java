package io.wangateway.database;

import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Says in a sentence why the configured database can't be reached, in place of the stack
 * trace of whatever asked for a connection first. Passwords in the URL are not repeated.
 */
class DatabaseFailureAnalyzer implements FailureAnalyzer {

	private static final String ACTION = "Set SPRING_DATASOURCE_URL to jdbc:postgresql://host:5432/database, "
			+ "SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD to what that server knows, "
			+ "or none of them for the embedded PostgreSQL.";

	private final Environment environment;

	DatabaseFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	public @Nullable FailureAnalysis analyze(Throwable failure) {
		String url = this.environment.getProperty("spring.datasource.url");
		if (!StringUtils.hasText(url)) {
			return null;
		}
		if (!url.startsWith("jdbc:postgresql:")) {
			return new FailureAnalysis("SPRING_DATASOURCE_URL does not begin with jdbc:postgresql:", ACTION, failure);
		}
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof SQLException refusal && isAboutConnecting(refusal)) {
				return new FailureAnalysis("The gateway can't connect to the database %s: %s"
					.formatted(url.replaceFirst("\\?.*", ""), reason(refusal)), ACTION, failure);
			}
		}
		return null;
	}

	/**
	 * Connection failures, invalid authorization, no such database, and a server that is
	 * starting, stopping or full, by the classes of the SQL standard and of PostgreSQL.
	 */
	private static boolean isAboutConnecting(SQLException ex) {
		String state = ex.getSQLState();
		return state != null && (state.startsWith("08") || state.startsWith("28") || state.equals("3D000")
				|| state.startsWith("57P") || state.equals("53300"));
	}

	private static String reason(SQLException ex) {
		return (ex.getCause() != null) ? ex.getMessage() + " (" + ex.getCause() + ")" : String.valueOf(ex.getMessage());
	}

}
