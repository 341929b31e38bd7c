package io.wangateway.generation;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import io.wangateway.database.Together;
import jakarta.annotation.PreDestroy;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Has the database decide about requests, together about those that came at the same
 * time: one transaction for several costs a fifth of what one for each does.
 */
@Component
class IntakeTransactions {

	private static final int MOST_TOGETHER = 64;

	private static final String LOCK_NOT_AVAILABLE = "55P03";

	private final JdbcClient jdbc;

	private final JsonMapper json;

	private final Together<String, String> together;

	IntakeTransactions(JdbcClient jdbc, JsonMapper json) {
		this.jdbc = jdbc;
		this.json = json;
		this.together = new Together<>("intake", MOST_TOGETHER, this::decideTogether,
				(asked) -> decide(List.of(asked), "patiently").getFirst().orElseThrow());
	}

	/**
	 * Have one request decided.
	 * @param asked a valid request
	 * @return what was decided, and committed
	 * @throws DataAccessException if it could not be decided
	 */
	Intake decide(AskedGeneration asked) {
		// Written and read here and not in the turn, which others wait for.
		return this.json.readValue(this.together.ask(this.json.writeValueAsString(asked)), Intake.class);
	}

	@PreDestroy
	void stop() {
		this.together.close();
	}

	private List<Optional<String>> decideTogether(List<String> asked) {
		try {
			return decide(asked, "briefly");
		}
		catch (UncategorizedSQLException ex) {
			if (ex.getCause() instanceof SQLException cause && LOCK_NOT_AVAILABLE.equals(cause.getSQLState())) {
				return decide(asked, "never");
			}
			throw ex;
		}
	}

	/**
	 * One statement, and so one transaction.
	 * @param asked what is asked
	 * @param waiting how to wait for a team's money that somebody else holds
	 * @return what was decided, empty where it would have to wait
	 */
	private List<Optional<String>> decide(List<String> asked, String waiting) {
		List<Optional<String>> answers = new ArrayList<>(Collections.nCopies(asked.size(), Optional.empty()));
		this.jdbc.sql("select number, answer::text from accept_generations(:asked::json, :waiting)")
			.param("asked", array(asked))
			.param("waiting", waiting)
			.query((row) -> {
				answers.set(row.getInt("number"), Optional.of(row.getString("answer")));
			});
		return answers;
	}

	private static String array(List<String> asked) {
		StringBuilder array = new StringBuilder("[");
		IntStream.range(0, asked.size())
			.forEach((number) -> array.append((number > 0) ? "," : "")
				.append("{\"number\":")
				.append(number)
				.append(',')
				.append(asked.get(number), 1, asked.get(number).length()));
		return array.append(']').toString();
	}

}
