package io.wangateway.admission;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

import io.wangateway.generation.GenerationAccepted;
import io.wangateway.generation.GenerationMoved;
import io.wangateway.generation.GenerationState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Keeps the lanes full: each lane has a thread that is woken when something was accepted
 * or a slot came free here, and several times a second where another process may have
 * done so.
 */
@Component
class LaneLoops implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(LaneLoops.class);

	private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

	/** Until then nothing else than a slot that comes free is worth a look. */
	private static final Duration FULL = Duration.ofMillis(50);

	private final Map<String, Semaphore> wakes = new ConcurrentHashMap<>();

	/** The lanes that had no free slot, and when that was, in nanoseconds. */
	private final Map<String, Long> full = new ConcurrentHashMap<>();

	private final Lanes lanes;

	private final LaneDispatcher dispatcher;

	private final Submitter submitter;

	private final Upstreams upstreams;

	private final JdbcClient jdbc;

	private volatile ExecutorService loops = Executors.newVirtualThreadPerTaskExecutor();

	private volatile ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();

	private final OneAtATime looking = new OneAtATime();

	private volatile boolean running;

	LaneLoops(Lanes lanes, LaneDispatcher dispatcher, Submitter submitter, Upstreams upstreams, JdbcClient jdbc) {
		this.lanes = lanes;
		this.dispatcher = dispatcher;
		this.submitter = submitter;
		this.upstreams = upstreams;
		this.jdbc = jdbc;
	}

	@Override
	public void start() {
		this.lanes.register();
		this.loops = Executors.newVirtualThreadPerTaskExecutor();
		this.senders = Executors.newVirtualThreadPerTaskExecutor();
		this.running = true;
		for (Lanes.Name lane : this.lanes.names()) {
			if (this.upstreams.isConfigured(lane.livemode())) {
				this.wakes.put(lane.name(), new Semaphore(1));
				this.loops.execute(() -> keepFull(lane.name()));
			}
		}
	}

	/**
	 * Later than the web server, so that nothing is accepted any more when this stops.
	 */
	@Override
	public int getPhase() {
		return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 1024;
	}

	/**
	 * Sends no more, and waits for the answers to what was sent. The loops end first:
	 * what one of them is just claiming is still to be sent.
	 */
	@Override
	public void stop() {
		this.running = false;
		this.wakes.values().forEach(Semaphore::release);
		this.loops.close();
		this.senders.close();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@EventListener
	void accepted(GenerationAccepted accepted) {
		Long since = this.full.get(accepted.lane());
		if (since == null || System.nanoTime() - since > FULL.toNanos()) {
			wake(accepted.lane());
		}
	}

	@TransactionalEventListener
	void moved(GenerationMoved moved) {
		if (moved.to().isEnded() || moved.to() == GenerationState.QUEUED) {
			wake(moved.generation().lane());
		}
	}

	/** What another process accepted, freed or resumed is seen here. */
	@Scheduled(fixedRateString = "${gateway.admission.interval:200ms}")
	void look() {
		if (this.running) {
			this.looking.run(() -> this.jdbc.sql("select distinct lane from queue where waiting")
				.query(String.class)
				.list()
				.forEach(this::wake));
		}
	}

	private void wake(String lane) {
		Semaphore wake = this.wakes.get(lane);
		if (wake != null && wake.availablePermits() == 0) {
			wake.release();
		}
	}

	private void keepFull(String lane) {
		Semaphore wake = this.wakes.get(lane);
		while (wake != null && this.running) {
			try {
				wake.acquire();
				wake.drainPermits();
				fill(lane);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return;
			}
			catch (DataAccessException | TransactionException ex) {
				logger.warn("Lane {} could not be filled, trying again: {}", lane, ex.getMessage());
			}
		}
	}

	private void fill(String lane) throws InterruptedException {
		LaneDispatcher.Turn turn;
		do {
			turn = this.dispatcher.next(lane);
			note(lane, turn.full());
			Claim claim = turn.claim();
			if (claim != null) {
				this.senders.execute(() -> send(claim));
			}
			if (turn.again().isPositive()) {
				// Limits may be changed meanwhile.
				Thread.sleep((turn.again().compareTo(LONGEST_PAUSE) < 0) ? turn.again() : LONGEST_PAUSE);
			}
		}
		while (this.running && (turn.claim() != null || turn.again().isPositive()));
	}

	private void note(String lane, boolean isFull) {
		if (isFull) {
			this.full.put(lane, System.nanoTime());
		}
		else {
			this.full.remove(lane);
		}
	}

	private void send(Claim claim) {
		try {
			this.submitter.send(claim);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (RuntimeException ex) {
			// The claim stays on record; the takeover finds it and treats it as a doubt.
			logger.error("Attempt {} ended without an answer on record", claim.attempt(), ex);
		}
	}

}
