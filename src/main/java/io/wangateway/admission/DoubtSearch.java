package io.wangateway.admission;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.wangateway.dashscope.DashScopeClient;
import io.wangateway.dashscope.NoAnswer;
import io.wangateway.dashscope.TaskListing;
import io.wangateway.dashscope.TaskQuery;
import io.wangateway.dashscope.TaskStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Clears up doubts: searches upstream's list for tasks that nobody knows, and lets
 * {@link DoubtMatch} decide whose they are. Without a complete answer from upstream
 * nothing is concluded, least of all that a task does not exist.
 */
@Component
class DoubtSearch {

	private static final Logger logger = LoggerFactory.getLogger(DoubtSearch.class);

	/** Of ten tasks each, DashScope's default: more than an account makes in a day. */
	private static final int MOST_PAGES = 2000;

	/**
	 * The lanes that are being searched here: a long search is not overtaken by others.
	 */
	private final Set<String> searched = ConcurrentHashMap.newKeySet();

	private final Doubts doubts;

	private final Strays strays;

	private final DoubtResolution resolution;

	private final Upstreams upstreams;

	private final Pace pace;

	private final Clock clock;

	DoubtSearch(Doubts doubts, Strays strays, DoubtResolution resolution, Upstreams upstreams, Pace pace, Clock clock) {
		this.doubts = doubts;
		this.strays = strays;
		this.resolution = resolution;
		this.upstreams = upstreams;
		this.pace = pace;
		this.clock = clock;
	}

	@Scheduled(fixedRate = 500)
	void search() throws InterruptedException {
		for (Doubts.DoubtfulLane lane : this.doubts.claimLanes()) {
			if (this.upstreams.isConfigured(lane.livemode()) && this.searched.add(lane.name())) {
				try {
					search(lane);
				}
				finally {
					this.searched.remove(lane.name());
				}
			}
		}
	}

	private void search(Doubts.DoubtfulLane lane) throws InterruptedException {
		List<Doubt> open = this.doubts.in(lane.name());
		if (open.isEmpty()) {
			return;
		}
		Instant now = this.clock.instant();
		Instant underWay = this.doubts.underWaySince(lane.name());
		Optional<List<DoubtMatch.Decision>> decisions = decide(lane, open, windows(lane, open), underWay, now);
		if (decisions.stream().flatMap(List::stream).anyMatch(DoubtMatch.Decision.Requeue.class::isInstance)) {
			decisions = decide(lane, open, new TaskQuery(lane.upstreamModel(), null, null, null, 1), underWay, now);
		}
		decisions.ifPresent((certain) -> certain.forEach(this.resolution::carryOut));
	}

	private Optional<List<DoubtMatch.Decision>> decide(Doubts.DoubtfulLane lane, List<Doubt> open, TaskQuery query,
			Instant underWay, Instant now) throws InterruptedException {
		Optional<List<TaskListing.ListedTask>> found = list(lane, query);
		if (found.isEmpty()) {
			return Optional.empty();
		}
		remember(lane, open, found.get(), underWay);
		for (Stray stray : this.strays.in(lane.name())) {
			if (stray.end() == Stray.End.OPEN) {
				look(lane, stray);
			}
		}
		return Optional.of(match(lane, open, underWay, now));
	}

	/**
	 * Searches overlap, so there may be strays of doubts that came up during this one.
	 * The doubts are therefore read anew, after the strays; but only of those that this
	 * search was about does it know that they are not upstream.
	 */
	private List<DoubtMatch.Decision> match(Doubts.DoubtfulLane lane, List<Doubt> searched, Instant seen, Instant now) {
		List<Stray> found = this.strays.in(lane.name());
		return DoubtMatch.match(this.doubts.in(lane.name()), found, seen, now)
			.stream()
			.filter((decision) -> !(decision instanceof DoubtMatch.Decision.Requeue(Doubt doubt))
					|| searched.contains(doubt))
			.toList();
	}

	/**
	 * The windows of the doubts. Which zone the list reads such limits in is documented
	 * nowhere, so no task is thought missing before the whole day was searched, which
	 * needs no limits.
	 */
	private static TaskQuery windows(Doubts.DoubtfulLane lane, List<Doubt> open) {
		Instant from = open.stream().map(Doubt::from).min(Comparator.naturalOrder()).orElseThrow();
		Instant until = open.stream().map(Doubt::until).max(Comparator.naturalOrder()).orElseThrow();
		return TaskQuery.of(lane.upstreamModel(), from, until);
	}

	/** All tasks that a search finds, or nothing if not all came. */
	private Optional<List<TaskListing.ListedTask>> list(Doubts.DoubtfulLane lane, TaskQuery first)
			throws InterruptedException {
		List<TaskListing.ListedTask> tasks = new ArrayList<>();
		TaskQuery query = first;
		for (int page = 0; page < MOST_PAGES; page++) {
			this.pace.await(lane.livemode(), "list");
			switch (client(lane).list(query)) {
				case TaskListing.Page answer -> {
					tasks.addAll(answer.tasks());
					if (!answer.hasNext()) {
						return Optional.of(tasks);
					}
					query = query.next();
				}
				case NoAnswer none -> {
					logger.warn("Lane {} has doubts, but the list did not come: {}", lane.name(), none.error());
					return Optional.empty();
				}
			}
		}
		return Optional.empty();
	}

	/**
	 * What was made since a submission got under way may be its task, and is left for
	 * later.
	 */
	private void remember(Doubts.DoubtfulLane lane, List<Doubt> open, List<TaskListing.ListedTask> found,
			Instant underWay) {
		Set<String> explained = this.strays.explained(found.stream().map(TaskListing.ListedTask::taskId).toList());
		for (TaskListing.ListedTask task : found) {
			Instant createdAt = task.createdAt();
			if (createdAt == null) {
				throw new IllegalStateException("The list names no time for task " + task.taskId());
			}
			Stray stray = new Stray(task.taskId(), createdAt, task.requestId(), Stray.End.OPEN, null);
			if (createdAt.isBefore(underWay) && !explained.contains(task.taskId())
					&& open.stream().anyMatch((doubt) -> doubt.covers(stray))) {
				this.strays.add(lane.name(), stray);
			}
		}
	}

	private void look(Doubts.DoubtfulLane lane, Stray stray) throws InterruptedException {
		this.pace.await(lane.livemode(), "status");
		switch (client(lane).status(stray.taskId())) {
			case TaskStatus.Succeeded succeeded -> this.strays.ended(stray.taskId(), Stray.End.SUCCEEDED,
					Echo.of(succeeded.origPrompt(), succeeded.usage()));
			case TaskStatus.SucceededWithoutVideo succeeded -> this.strays.ended(stray.taskId(), Stray.End.SUCCEEDED,
					Echo.of(succeeded.origPrompt(), succeeded.usage()));
			case TaskStatus.Failed _, TaskStatus.Cancelled _ ->
				this.strays.ended(stray.taskId(), Stray.End.FAILED, null);
			case TaskStatus.Waiting _, TaskStatus.Running _, TaskStatus.Forgotten _, NoAnswer _ -> {
			}
		}
	}

	private DashScopeClient client(Doubts.DoubtfulLane lane) {
		return this.upstreams.of(lane.livemode());
	}

}
