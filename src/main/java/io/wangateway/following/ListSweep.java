package io.wangateway.following;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.wangateway.admission.OneAtATime;
import io.wangateway.admission.Pace;
import io.wangateway.admission.Upstreams;
import io.wangateway.dashscope.NoAnswer;
import io.wangateway.dashscope.TaskListing;
import io.wangateway.dashscope.TaskQuery;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Where many tasks are live, asks upstream which of them it still has to do with: ten per
 * call, and with a limit of its own. Those that it does not list have ended, as a rule,
 * and are asked about at once, one by one, since the list shows no result.
 */
@Component
class ListSweep implements DisposableBean {

	private static final Logger logger = LoggerFactory.getLogger(ListSweep.class);

	private static final int MOST_PAGES = 500;

	private final Sweeps sweeps;

	private final FollowUp followUp;

	private final Upstreams upstreams;

	private final Pace pace;

	private final OneAtATime claiming = new OneAtATime();

	private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

	/** What was asked about just now: the answer may not be what the list let expect. */
	private final Cache<UUID, Boolean> asked = Caffeine.newBuilder().expireAfterWrite(Duration.ofSeconds(15)).build();

	ListSweep(Sweeps sweeps, FollowUp followUp, Upstreams upstreams, Pace pace) {
		this.sweeps = sweeps;
		this.followUp = followUp;
		this.upstreams = upstreams;
		this.pace = pace;
	}

	@Scheduled(fixedRateString = "${gateway.following.sweep-interval:500ms}")
	void sweep() {
		this.claiming.run(this::claimAndSweep);
	}

	private void claimAndSweep() {
		this.sweeps.endCover();
		for (Sweeps.SweptLane lane : this.sweeps.claim()) {
			if (this.upstreams.isConfigured(lane.livemode())) {
				this.threads.execute(() -> sweep(lane));
			}
		}
	}

	private void sweep(Sweeps.SweptLane lane) {
		try {
			List<Sweeps.LiveTask> live = this.sweeps.live(lane);
			// In this order: what begins meanwhile is on the second list.
			Optional<Set<String>> pending = list(lane, "PENDING");
			Optional<Set<String>> running = pending.isPresent() ? list(lane, "RUNNING") : Optional.empty();
			if (pending.isPresent() && running.isPresent()) {
				conclude(live, pending.get(), running.get());
			}
			this.sweeps.done(lane, running.isPresent());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (DataAccessException ex) {
			logger.warn("The list of lane {} could not be used: {}", lane.name(), ex.getMessage());
		}
	}

	private void conclude(List<Sweeps.LiveTask> live, Set<String> pending, Set<String> running) {
		List<UUID> gone = new ArrayList<>();
		for (Sweeps.LiveTask task : live) {
			if (running.contains(task.upstreamTaskId())) {
				if (!task.running()) {
					this.followUp.listedAsRunning(task.id());
				}
			}
			else if (!pending.contains(task.upstreamTaskId()) && this.asked.getIfPresent(task.id()) == null) {
				gone.add(task.id());
				this.asked.put(task.id(), true);
			}
		}
		if (!gone.isEmpty()) {
			this.sweeps.askNow(gone);
		}
	}

	/** The ids of all tasks with a status, or nothing if not all came. */
	private Optional<Set<String>> list(Sweeps.SweptLane lane, String status) throws InterruptedException {
		Set<String> ids = new HashSet<>();
		TaskQuery query = new TaskQuery(lane.upstreamModel(), null, null, status, 1);
		for (int page = 0; page < MOST_PAGES; page++) {
			this.pace.await(lane.livemode(), "list");
			switch (this.upstreams.of(lane.livemode()).list(query)) {
				case TaskListing.Page answer -> {
					answer.tasks().forEach((task) -> ids.add(task.taskId()));
					if (!answer.hasNext()) {
						return Optional.of(ids);
					}
					query = query.next();
				}
				case NoAnswer none -> {
					logger.warn("The list of lane {} did not come: {}", lane.name(), none.error());
					return Optional.empty();
				}
			}
		}
		return Optional.empty();
	}

	@Override
	public void destroy() {
		this.threads.shutdownNow();
	}

}
