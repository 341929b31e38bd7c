package io.wangateway;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * A database that is away: whoever wants a connection waits, and gets none in the end.
 */
public final class AbsentDatabase extends AbstractDataSource {

	private static final int CALLERS = 6;

	private final AtomicInteger asked = new AtomicInteger();

	private final CountDownLatch timeout = new CountDownLatch(1);

	@Override
	public Connection getConnection() throws SQLException {
		this.asked.incrementAndGet();
		try {
			this.timeout.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		throw new SQLTransientConnectionException("away");
	}

	@Override
	public Connection getConnection(String username, String password) throws SQLException {
		return getConnection();
	}

	/**
	 * Let six do the same at once, which the database is needed for.
	 * @param use what they do
	 * @return how often the database was waited for until all six had failed
	 */
	public int waits(Runnable use) {
		AtomicInteger failed = new AtomicInteger();
		List<Thread> callers = Stream.generate(() -> Thread.ofPlatform().start(() -> {
			try {
				use.run();
			}
			catch (DataAccessException ex) {
				failed.incrementAndGet();
			}
		})).limit(CALLERS).toList();
		Awaitility.await()
			.until(() -> callers.stream().allMatch((caller) -> caller.getState() == Thread.State.WAITING));
		this.timeout.countDown();
		Awaitility.await().until(() -> failed.get() == CALLERS);
		return this.asked.get();
	}

	@Override
	public String toString() {
		return "absent database";
	}

}
