package io.wangateway.admission;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Decides which stray task belongs to which doubt, if that can be known. Rests on one
 * assumption: nobody but this gateway makes tasks of this model with this account. Then
 * each stray belongs to exactly one doubt whose window covers it, and each doubt has one
 * stray at most.
 * <p>
 * What can't be known is not decided: a video is never handed to a team on a guess.
 */
final class DoubtMatch {

	/** For a task to show up in the list after it was made. */
	static final Duration MARGIN = Duration.ofSeconds(10);

	private final List<Doubt> doubts;

	private final List<Stray> strays;

	private final Instant seen;

	private final Instant now;

	private final List<Decision> decisions = new ArrayList<>();

	private DoubtMatch(List<Doubt> doubts, List<Stray> strays, Instant seen, Instant now) {
		this.doubts = new ArrayList<>(doubts);
		this.strays = new ArrayList<>(strays);
		this.seen = seen;
		this.now = now;
	}

	/**
	 * Match the doubts of a lane with what was found upstream.
	 * @param doubts all that are open in the lane
	 * @param strays all that are unexplained in the lane
	 * @param seen until when all that was made upstream is among these strays
	 * @param now the present time
	 * @return what is certain; the rest waits, or waits for ops
	 */
	static List<Decision> match(List<Doubt> doubts, List<Stray> strays, Instant seen, Instant now) {
		DoubtMatch match = new DoubtMatch(doubts, strays, seen, now);
		match.byRequestId();
		match.dismissUncovered();
		match.byEcho();
		match.bySolitude();
		match.conclude();
		return match.decisions;
	}

	/**
	 * Upstream answered with a request id, and the list names the task of that request.
	 */
	private void byRequestId() {
		for (Doubt doubt : List.copyOf(this.doubts)) {
			this.strays.stream()
				.filter((stray) -> doubt.requestId() != null && doubt.requestId().equals(stray.requestId()))
				.findFirst()
				.ifPresent((stray) -> decide(new Decision.Adopt(doubt, stray), doubt, stray));
		}
	}

	/** Strays outside of every window are not ours, as far as anybody can tell. */
	private void dismissUncovered() {
		for (Stray stray : List.copyOf(this.strays)) {
			if (this.doubts.stream().noneMatch((doubt) -> doubt.covers(stray))) {
				decide(new Decision.Dismiss(stray), null, stray);
			}
		}
	}

	/**
	 * What upstream echoes at the end tells strays apart: if exactly one doubt expects
	 * that echo, its prompt is not empty, and no other stray could be that doubt's as
	 * well.
	 */
	private void byEcho() {
		for (Stray stray : List.copyOf(this.strays)) {
			Echo echo = stray.echo();
			if (echo == null) {
				continue;
			}
			List<Doubt> expecting = covering(stray).stream().filter((doubt) -> doubt.echo().agreesWith(echo)).toList();
			if (expecting.isEmpty()) {
				decide(new Decision.Dismiss(stray), null, stray);
			}
			else if (expecting.size() == 1 && !echo.isEmpty() && isSeen(expecting.getFirst())
					&& !isOneOfSeveral(stray, expecting.getFirst())) {
				decide(new Decision.Adopt(expecting.getFirst(), stray), expecting.getFirst(), stray);
			}
		}
	}

	/** One doubt and one stray, and neither could mean another. */
	private void bySolitude() {
		for (Stray stray : List.copyOf(this.strays)) {
			if (stray.end() != Stray.End.FAILED && isSolitary(stray) && isSeen(covering(stray).getFirst())) {
				Doubt doubt = covering(stray).getFirst();
				decide(new Decision.Bind(doubt, stray), doubt, stray);
			}
		}
	}

	/** What has nothing left that it could be is not there; what has, is for ops. */
	private void conclude() {
		List<Stray> left = new ArrayList<>(this.strays);
		left.removeIf((stray) -> stray.end() == Stray.End.FAILED);
		for (Doubt doubt : this.doubts) {
			List<Stray> possible = left.stream().filter(doubt::covers).toList();
			boolean windowClosed = this.now.isAfter(doubt.until().plus(MARGIN));
			if (possible.isEmpty() && windowClosed) {
				this.decisions.add(new Decision.Requeue(doubt));
			}
			else if (!possible.isEmpty() && windowClosed
					&& possible.stream().noneMatch((stray) -> stray.end() == Stray.End.OPEN)) {
				this.decisions.add(new Decision.AskOps(doubt, possible));
			}
		}
	}

	/** Else its own task may be missing yet beside one that looks like it. */
	private boolean isSeen(Doubt doubt) {
		return !doubt.gaveUp().isAfter(this.seen);
	}

	private boolean isSolitary(Stray stray) {
		List<Doubt> covering = covering(stray);
		return covering.size() == 1 && this.strays.stream()
			.filter((other) -> other.end() != Stray.End.FAILED || other.equals(stray))
			.filter(covering.getFirst()::covers)
			.count() == 1;
	}

	/** Whether another stray has the echo that a doubt expects, or may have it yet. */
	private boolean isOneOfSeveral(Stray stray, Doubt doubt) {
		return this.strays.stream()
			.filter((other) -> !other.equals(stray) && doubt.covers(other))
			.anyMatch((other) -> (other.echo() != null) ? doubt.echo().agreesWith(other.echo())
					: other.end() == Stray.End.OPEN && covering(other).size() == 1);
	}

	private List<Doubt> covering(Stray stray) {
		return this.doubts.stream().filter((doubt) -> doubt.covers(stray)).toList();
	}

	private void decide(Decision decision, @Nullable Doubt doubt, Stray stray) {
		this.decisions.add(decision);
		this.strays.remove(stray);
		this.doubts.removeIf((each) -> Objects.equals(each, doubt));
	}

	/** What is certain about a doubt or a stray. */
	sealed interface Decision {

		/** The stray is the doubt's, beyond question. */
		record Adopt(Doubt doubt, Stray stray) implements Decision {
		}

		/** The stray must be the doubt's; its end has to confirm it. */
		record Bind(Doubt doubt, Stray stray) implements Decision {
		}

		/** There is no task upstream that costs anything. */
		record Requeue(Doubt doubt) implements Decision {
		}

		/** It is one of several, and nobody can tell which. */
		record AskOps(Doubt doubt, List<Stray> candidates) implements Decision {
		}

		/** The stray is none of ours. */
		record Dismiss(Stray stray) implements Decision {
		}

	}

}
