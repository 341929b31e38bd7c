package io.wangateway.following;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

import io.wangateway.admission.DoubtRulings;
import io.wangateway.admission.OneAtATime;
import io.wangateway.admission.Upstreams;
import io.wangateway.dashscope.TaskStatus;
import io.wangateway.web.ApiException;
import io.wangateway.web.ErrorCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Asks DashScope about every generation that is due, each on a thread of its own, so that
 * a query that hangs delays no other.
 */
@Component
public class StatusPoller implements DisposableBean {

	private static final Logger logger = LoggerFactory.getLogger(StatusPoller.class);

	private static final int RECORDERS = 4;

	private final DueTasks dueTasks;

	private final Upstreams upstreams;

	private final FollowUp followUp;

	private final Cancelling cancelling;

	private final DoubtRulings rulings;

	private final OneAtATime claiming = new OneAtATime();

	/**
	 * Answers are written down by few at a time: if a paused process keeps a team's
	 * account locked, they wait, and those who call still find a connection.
	 */
	private final Semaphore recording = new Semaphore(RECORDERS);

	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

	StatusPoller(DueTasks dueTasks, Upstreams upstreams, FollowUp followUp, Cancelling cancelling,
			DoubtRulings rulings) {
		this.dueTasks = dueTasks;
		this.upstreams = upstreams;
		this.followUp = followUp;
		this.cancelling = cancelling;
		this.rulings = rulings;
	}

	/** Runs may overlap across processes: claims keep them apart. */
	@Scheduled(fixedRateString = "${gateway.following.interval:250ms}")
	void pollDue() {
		this.claiming.run(this::claimAndPoll);
	}

	private void claimAndPoll() {
		for (boolean livemode : List.of(true, false)) {
			if (this.upstreams.isConfigured(livemode)) {
				for (DueTasks.DueTask task : this.dueTasks.claim(livemode)) {
					this.threads.execute(() -> poll(task));
				}
			}
		}
	}

	private void poll(DueTasks.DueTask task) {
		try {
			if (!task.time().await()) {
				this.dueTasks.giveBack(task);
				return;
			}
			TaskStatus status = this.upstreams.of(task.livemode()).status(task.upstreamTaskId());
			record(task, status);
			if (task.cancelRequested() && status instanceof TaskStatus.Waiting) {
				this.cancelling.carryOut(task.generation());
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (RuntimeException ex) {
			// The lease brings this one up again.
			logger.warn("The answer about {} could not be recorded", task.generation(), ex);
		}
	}

	private void record(DueTasks.DueTask task, TaskStatus status) throws InterruptedException {
		this.recording.acquire();
		try {
			this.followUp.record(task, status);
		}
		finally {
			this.recording.release();
		}
	}

	/**
	 * Ask about a generation at once, whenever it is due.
	 * @param generation one that is upstream
	 * @throws ApiException if it is not, or upstream does not answer
	 * @throws InterruptedException if the gateway stops meanwhile
	 */
	public void pollNow(UUID generation) throws InterruptedException {
		DueTasks.DueTask task = this.dueTasks.find(generation)
			.orElseThrow(() -> new ApiException(ErrorCode.INVALID_REQUEST,
					"Only a task that is SUBMITTED or RUNNING can be asked about"));
		TaskStatus status = this.rulings.look(task.livemode(), task.upstreamTaskId());
		this.followUp.record(task, status);
	}

	@Override
	public void destroy() {
		this.threads.shutdownNow();
	}

}
