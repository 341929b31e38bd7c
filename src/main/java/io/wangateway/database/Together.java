package io.wangateway.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;

/**
 * Asks the database together what several threads ask at the same time. Whoever comes
 * while it is busy waits for the next turn, so that nobody waits for company, and the
 * busier it is, the less each one costs.
 * <p>
 * A question that a turn leaves open is asked again alone, by the thread that asked it,
 * and so is each of a turn that failed: only the one waits that has to, and only the one
 * fails whose fault it was.
 *
 * @param <Q> a question
 * @param <A> its answer
 */
public final class Together<Q, A> implements AutoCloseable {

	private final int most;

	private final Function<List<Q>, List<Optional<A>>> several;

	private final Function<Q, A> alone;

	private final BlockingQueue<Waiting<Q, A>> waiting = new LinkedBlockingQueue<>();

	private final Thread worker;

	/**
	 * Begin to take questions.
	 * @param name what the thread that asks is called
	 * @param most how many are asked together, at most
	 * @param several asks some, and returns their answers in the same order, empty for
	 * one that it would have to wait for
	 * @param alone asks one
	 */
	public Together(String name, int most, Function<List<Q>, List<Optional<A>>> several, Function<Q, A> alone) {
		this.most = most;
		this.several = several;
		this.alone = alone;
		// Not a virtual one: each of its reads would go through the thread that polls for
		// those, and everybody waits for what it reads.
		this.worker = Thread.ofPlatform().name(name).daemon().start(this::work);
	}

	/**
	 * Ask.
	 * @param question the question
	 * @return its answer
	 * @throws DataAccessException if the database is away, or does not take this question
	 */
	public A ask(Q question) {
		Waiting<Q, A> asked = new Waiting<>(question, new CompletableFuture<>());
		this.waiting.add(asked);
		try {
			return asked.answer().join().orElseGet(() -> this.alone.apply(question));
		}
		catch (CompletionException ex) {
			// Nobody waits for an absent database twice.
			if (ex.getCause() instanceof DataAccessResourceFailureException absent) {
				throw absent;
			}
			return this.alone.apply(question);
		}
	}

	/** Take no more questions. */
	@Override
	public void close() {
		this.worker.interrupt();
	}

	private void work() {
		List<Waiting<Q, A>> turn = new ArrayList<>(this.most);
		try {
			while (true) {
				turn.clear();
				turn.add(this.waiting.take());
				this.waiting.drainTo(turn, this.most - 1);
				answer(turn);
			}
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
		}
	}

	private void answer(List<Waiting<Q, A>> turn) {
		try {
			List<Optional<A>> answers = this.several.apply(turn.stream().map(Waiting::question).toList());
			for (int i = 0; i < turn.size(); i++) {
				turn.get(i).answer().complete(answers.get(i));
			}
		}
		catch (RuntimeException | Error ex) {
			// Whatever it was, whoever waits must not wait for ever, nor those who come
			// next.
			turn.forEach((asked) -> asked.answer().completeExceptionally(ex));
		}
	}

	private record Waiting<Q, A>(Q question, CompletableFuture<Optional<A>> answer) {
	}

}
