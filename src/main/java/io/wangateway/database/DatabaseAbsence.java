package io.wangateway.database;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * Tells the failures of a database that is away from all others.
 */
public final class DatabaseAbsence {

	private DatabaseAbsence() {
	}

	/**
	 * Whether an exception comes from a database that is away, full or going down: a
	 * pool's time-out or SQLSTATE class 08, 53 or 57P, or one that ended a transaction
	 * (25P03) in which this process had stood still.
	 * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">
	 * PostgreSQL error codes</a>
	 */
	public static boolean explains(Throwable failure) {
		if (failure instanceof SQLTransientConnectionException
				|| (failure instanceof SQLException ex && (isAwayState(ex.getSQLState()) || isClosedByPool(ex)))) {
			return true;
		}
		Throwable cause = failure.getCause();
		return (cause != null && explains(cause))
				|| Arrays.stream(failure.getSuppressed()).anyMatch(DatabaseAbsence::explains);
	}

	/** HikariCP gives no SQLSTATE when it took a broken connection away meanwhile. */
	private static boolean isClosedByPool(SQLException ex) {
		return ex.getSQLState() == null && "Connection is closed".equals(ex.getMessage());
	}

	private static boolean isAwayState(@Nullable String state) {
		return state != null && (state.startsWith("08") || state.startsWith("53") || state.startsWith("57P")
				|| state.equals("25P03"));
	}

}
