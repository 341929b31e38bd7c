package io.wangateway.generation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;

import jakarta.annotation.PreDestroy;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Has the database decide about requests, together about those that came while it was
 * busy with others: one transaction for several costs a fifth of what one for each does.
 * Where that fails, or one of them would have to wait for another transaction, each is
 * tried again alone, by the thread of its own caller. So only the one fails whose fault
 * it was, and only the one waits that has to.
 */
@Component
class IntakeTransactions {

	private static final int MOST_TOGETHER = 64;

	private final JdbcClient jdbc;

	private final JsonMapper json;

	private final BlockingQueue<Waiting> waiting = new LinkedBlockingQueue<>();

	private final Thread worker;

	IntakeTransactions(JdbcClient jdbc, JsonMapper json) {
		this.jdbc = jdbc;
		this.json = json;
		this.worker = Thread.ofVirtual().name("intake").start(this::work);
	}

	/**
	 * Have one request decided.
	 * @param asked a request as the database takes it, a JSON object
	 * @return what was decided, and committed
	 * @throws DataAccessException if it could not be decided
	 */
	Intake decide(String asked) {
		Waiting request = new Waiting(asked, new CompletableFuture<>());
		this.waiting.add(request);
		try {
			return request.answer().join();
		}
		catch (CompletionException ex) {
			if (ex.getCause() instanceof TogetherException) {
				return run(List.of(asked), true).getFirst();
			}
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}
	}

	@PreDestroy
	void stop() {
		this.worker.interrupt();
	}

	private void work() {
		List<Waiting> together = new ArrayList<>(MOST_TOGETHER);
		try {
			while (true) {
				together.clear();
				together.add(this.waiting.take());
				this.waiting.drainTo(together, MOST_TOGETHER - 1);
				decide(together);
			}
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
		}
	}

	private void decide(List<Waiting> together) {
		try {
			List<Intake> answers = run(together.stream().map(Waiting::asked).toList(), false);
			for (int i = 0; i < together.size(); i++) {
				together.get(i).answer().complete(answers.get(i));
			}
		}
		catch (RuntimeException ex) {
			// Nobody waits for an absent database twice. Else each tries alone, and
			// throws
			// what is thrown then.
			RuntimeException reason = (ex instanceof DataAccessResourceFailureException) ? ex
					: new TogetherException(ex);
			together.forEach((request) -> request.answer().completeExceptionally(reason));
		}
	}

	/** One statement, and so one transaction. */
	private List<Intake> run(List<String> asked, boolean patient) {
		Intake[] answers = new Intake[asked.size()];
		this.jdbc.sql("select number, answer::text from accept_generations(:asked::json, :patient)")
			.param("asked", array(asked))
			.param("patient", patient)
			.query((row) -> {
				answers[row.getInt("number")] = this.json.readValue(row.getString("answer"), Intake.class);
			});
		return List.of(answers);
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

	/**
	 * A request that waits.
	 *
	 * @param asked as the database takes it
	 * @param answer what is decided
	 */
	private record Waiting(String asked, CompletableFuture<Intake> answer) {
	}

	/** Says that several failed together, which says nothing of each. */
	private static final class TogetherException extends RuntimeException {

		TogetherException(RuntimeException cause) {
			super(cause);
		}

	}

}
