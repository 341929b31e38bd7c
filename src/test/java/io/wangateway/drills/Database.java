package io.wangateway.drills;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.wangateway.database.RestartablePostgres;

/**
 * A database that a program of a drill uses.
 *
 * @param url its JDBC URL
 * @param user its user
 * @param password the user's password
 */
public record Database(String url, String user, String password) {

	/** Return the database of a server. */
	public static Database of(RestartablePostgres server) {
		return new Database(server.url(), server.user(), server.password());
	}

	/** Return the arguments that make a Spring application use it. */
	List<String> arguments() {
		return List.of("--spring.datasource.url=" + this.url, "--spring.datasource.username=" + this.user,
				"--spring.datasource.password=" + this.password);
	}

	/**
	 * Read rows.
	 * @param <T> what a row becomes
	 * @param sql the query
	 * @param row makes something of a row
	 * @return the rows
	 */
	public <T> List<T> query(String sql, Row<T> row) {
		try (Connection connection = connect(); ResultSet rows = connection.createStatement().executeQuery(sql)) {
			List<T> all = new ArrayList<>();
			while (rows.next()) {
				all.add(row.of(rows));
			}
			return all;
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Read one number. */
	public long number(String sql) {
		return query(sql, (row) -> row.getLong(1)).getFirst();
	}

	/** Change something. */
	public void execute(String sql) {
		try (Connection connection = connect()) {
			connection.createStatement().execute(sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	Connection connect() throws SQLException {
		return DriverManager.getConnection(this.url, this.user, this.password);
	}

	/**
	 * Makes something of a row.
	 *
	 * @param <T> what
	 */
	public interface Row<T> {

		T of(ResultSet row) throws SQLException;

	}

}
