package io.wangateway.generation;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

import io.wangateway.catalogue.Mode;
import io.wangateway.catalogue.Resolution;
import io.wangateway.pricing.Charge;
import io.wangateway.pricing.Money;
import io.wangateway.team.TeamId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import org.jspecify.annotations.Nullable;

import org.springframework.data.domain.AbstractAggregateRoot;

/**
 * A video that a team asked for. It is put on record by {@link GenerationIntake}, before
 * DashScope hears of it, and from then on changes only through the methods below. Each is
 * one step of its life, checks the state it leaves, and tells who listens
 * ({@link GenerationMoved}) when it is saved.
 */
@Entity
@SuppressWarnings("UnusedVariable") // some fields only SQL reads
public class Generation extends AbstractAggregateRoot<Generation> {

	@Id
	private UUID id;

	private int teamId;

	private boolean livemode;

	private String mode;

	private String lane;

	private String resolution;

	private short seconds;

	private boolean audio;

	private int priceId;

	private BigDecimal maximumCost;

	private Instant createdAt;

	@Enumerated(EnumType.STRING)
	@Column(columnDefinition = "text")
	private GenerationState state;

	private boolean cancelRequested;

	private short progress;

	private @Nullable Integer attempt;

	private @Nullable Instant dueAt;

	private int polls;

	private @Nullable Instant answeredAt;

	private @Nullable Instant unknownSince;

	private short unknowns;

	private @Nullable Instant submittedAt;

	private @Nullable Instant startedAt;

	private @Nullable Instant endedAt;

	private @Nullable String upstreamTaskId;

	private boolean provisional;

	private @Nullable Instant upstreamEndedAt;

	private @Nullable String upstreamRequestId;

	private @Nullable String upstreamCode;

	private @Nullable String upstreamMessage;

	private @Nullable String videoUrl;

	private @Nullable String errorCode;

	private @Nullable String errorMessage;

	private @Nullable BigDecimal charged;

	private @Nullable BigDecimal excess;

	private @Nullable BigDecimal billedSeconds;

	private @Nullable String explanation;

	@SuppressWarnings("NullAway.Init")
	protected Generation() {
	}

	/**
	 * It gets a slot and is about to be sent.
	 * @param attempt the attempt that will send it
	 * @param at the time
	 */
	public void submit(int attempt, Instant at) {
		this.attempt = attempt;
		move(GenerationState.SUBMITTING, at, Evidence.of("slot free"), GenerationState.QUEUED);
	}

	/**
	 * It was provably not taken, and waits again in its old place.
	 * @param at the time
	 * @param evidence why
	 */
	public void requeue(Instant at, Evidence evidence) {
		this.attempt = null;
		this.dueAt = null;
		move(GenerationState.QUEUED, at, evidence, GenerationState.SUBMITTING, GenerationState.IN_DOUBT);
	}

	/**
	 * It waits in its old place for its media to be where upstream can read them.
	 * @param at the time
	 * @param until when to go on at the latest
	 */
	public void awaitMedia(Instant at, Instant until) {
		requeue(at, Evidence.of("media on their way"));
		this.dueAt = until;
	}

	/** Its media are where upstream can read them, or another try is due. */
	public void goOnAt(Instant time) {
		check(EnumSet.of(GenerationState.QUEUED), GenerationState.QUEUED);
		this.dueAt = time;
	}

	/**
	 * Nobody knows whether upstream took it.
	 * @param at the time
	 * @param evidence why nobody knows
	 * @param lookAt when to search upstream for it
	 */
	public void doubt(Instant at, Evidence evidence, Instant lookAt) {
		this.dueAt = lookAt;
		move(GenerationState.IN_DOUBT, at, evidence, GenerationState.SUBMITTING);
	}

	/**
	 * Upstream took it.
	 * @param upstreamTaskId upstream's id for it
	 * @param at the time
	 * @param evidence how that is known
	 * @param firstPollAt when to ask how it stands
	 */
	public void accepted(String upstreamTaskId, Instant at, Evidence evidence, Instant firstPollAt) {
		this.upstreamTaskId = upstreamTaskId;
		this.submittedAt = at;
		this.dueAt = firstPollAt;
		move(GenerationState.SUBMITTED, at, evidence, GenerationState.SUBMITTING, GenerationState.IN_DOUBT);
	}

	/**
	 * A task was found upstream that must be this one, if only this gateway uses the
	 * account. Its status counts from now on; its result does not before
	 * {@link #confirm()}.
	 * @param upstreamTaskId upstream's id for it
	 * @param at the time
	 * @param evidence why it must be this one
	 */
	public void bind(String upstreamTaskId, Instant at, Evidence evidence) {
		this.provisional = true;
		this.upstreamTaskId = upstreamTaskId;
		this.submittedAt = at;
		this.dueAt = at;
		move(GenerationState.SUBMITTED, at, evidence, GenerationState.IN_DOUBT);
	}

	/** What upstream echoes agrees with what was asked for: the task is this one. */
	public void confirm() {
		this.provisional = false;
	}

	/**
	 * The task it was bound to is another's, or ended without telling. It is in doubt
	 * again.
	 * @param at the time
	 * @param evidence what did not agree
	 */
	public void unbind(Instant at, Evidence evidence) {
		this.provisional = false;
		this.upstreamTaskId = null;
		this.submittedAt = null;
		this.startedAt = null;
		this.dueAt = null;
		move(GenerationState.IN_DOUBT, at, evidence, GenerationState.SUBMITTED, GenerationState.RUNNING);
	}

	/**
	 * Upstream makes it now.
	 * @param at the time
	 * @param evidence upstream's answer
	 */
	public void start(Instant at, Evidence evidence) {
		this.startedAt = at;
		move(GenerationState.RUNNING, at, evidence, GenerationState.SUBMITTED);
	}

	/**
	 * Upstream says that it goes on; ask again later.
	 * @param nextPollAt when
	 * @param progress how far it seems to be, 0 to 95 percent; never falls
	 * @param at the time
	 */
	public void pollAgain(Instant nextPollAt, int progress, Instant at) {
		askAgain(nextPollAt);
		this.answeredAt = at;
		this.unknownSince = null;
		this.unknowns = 0;
		this.progress = (short) Math.max(this.progress, progress);
	}

	/**
	 * Upstream says that it knows no such task; ask again later.
	 * @param nextPollAt when
	 * @param at the time
	 */
	public void unknown(Instant nextPollAt, Instant at) {
		askAgain(nextPollAt);
		this.unknownSince = (this.unknownSince != null) ? this.unknownSince : at;
		this.unknowns++;
	}

	/**
	 * Upstream says nothing, or nothing that tells how it stands; ask again later.
	 * @param nextPollAt when
	 */
	public void askAgain(Instant nextPollAt) {
		check(EnumSet.of(GenerationState.SUBMITTED, GenerationState.RUNNING), GenerationState.RUNNING);
		this.dueAt = nextPollAt;
		this.polls++;
	}

	/**
	 * The video exists.
	 * @param video upstream's link to it
	 * @param charge what it costs
	 * @param upstreamEnd when it was finished by upstream's clock, or {@code null}
	 * @param at the time
	 * @param evidence upstream's answer
	 */
	public void succeed(String video, Charge charge, @Nullable Instant upstreamEnd, Instant at, Evidence evidence) {
		this.videoUrl = video;
		this.upstreamEndedAt = upstreamEnd;
		this.charged = charge.amount().amount();
		this.excess = charge.excess().isPositive() ? charge.excess().amount() : null;
		this.billedSeconds = charge.seconds();
		this.explanation = charge.explanation();
		this.progress = 100;
		end(GenerationState.SUCCEEDED, at, evidence, GenerationState.SUBMITTED, GenerationState.RUNNING);
	}

	/**
	 * There will be no video, and nothing to pay.
	 * @param code why, in our words
	 * @param message why, in a sentence for the team
	 * @param at the time
	 * @param evidence why, in upstream's words
	 */
	public void fail(FailureCode code, String message, Instant at, Evidence evidence) {
		endWithout(code, message);
		end(GenerationState.FAILED, at, evidence, GenerationState.QUEUED, GenerationState.SUBMITTING,
				GenerationState.IN_DOUBT, GenerationState.SUBMITTED, GenerationState.RUNNING);
	}

	/**
	 * The team did not want it any more and it had not begun. Nothing to pay.
	 * @param at the time
	 * @param evidence who cancelled it
	 */
	public void cancel(Instant at, Evidence evidence) {
		endWithout(FailureCode.REQUEST_CANCELLED, "The task was cancelled before it began; it costs nothing");
		end(GenerationState.CANCELLED, at, evidence, GenerationState.QUEUED, GenerationState.SUBMITTING,
				GenerationState.IN_DOUBT, GenerationState.SUBMITTED, GenerationState.RUNNING);
	}

	/** The team wants it cancelled; that is carried out when its outcome is known. */
	public void requestCancel() {
		this.cancelRequested = true;
	}

	/**
	 * It can't be found out any more whether there is a video. The hold stays.
	 * @param message why, in a sentence for the team
	 * @param at the time
	 * @param evidence what was seen last
	 */
	public void lose(String message, Instant at, Evidence evidence) {
		this.errorCode = FailureCode.RESULT_LOST.code();
		this.errorMessage = message;
		end(GenerationState.LOST, at, evidence, GenerationState.SUBMITTED, GenerationState.RUNNING);
	}

	/**
	 * Ops decide what a lost one is taken to have cost.
	 * @param charge from nothing to what was held, or more where upstream billed more
	 * @param at the time
	 * @param evidence how that is known
	 */
	public void writeOff(Charge charge, Instant at, Evidence evidence) {
		if (this.charged != null) {
			throw new IllegalStateException(id() + " is settled and can't be written off");
		}
		this.charged = charge.amount().amount();
		this.excess = charge.excess().isPositive() ? charge.excess().amount() : null;
		this.billedSeconds = charge.seconds();
		this.explanation = charge.explanation();
		move(GenerationState.LOST, at, evidence, GenerationState.LOST);
	}

	private void endWithout(FailureCode code, String message) {
		this.errorCode = code.code();
		this.errorMessage = message;
		this.charged = BigDecimal.ZERO;
		this.explanation = Charge.nothing("the task brought no video").explanation();
	}

	private void end(GenerationState to, Instant at, Evidence evidence, GenerationState... from) {
		this.endedAt = at;
		this.dueAt = null;
		this.upstreamCode = evidence.code();
		this.upstreamMessage = evidence.message();
		this.upstreamRequestId = evidence.requestId();
		move(to, at, evidence, from);
	}

	private void move(GenerationState to, Instant at, Evidence evidence, GenerationState... from) {
		GenerationState left = this.state;
		check(Set.of(from), to);
		this.state = to;
		registerEvent(new GenerationMoved(this, left, to, at, evidence));
	}

	private void check(Set<GenerationState> allowed, GenerationState to) {
		if (!allowed.contains(this.state)) {
			throw new IllegalStateException(
					"%s is %s and can't become %s, only %s can".formatted(id(), this.state, to, allowed));
		}
	}

	public GenerationId id() {
		return new GenerationId(this.id);
	}

	public TeamId team() {
		return new TeamId(this.teamId);
	}

	public boolean livemode() {
		return this.livemode;
	}

	public Mode mode() {
		return Mode.of(this.mode);
	}

	public String lane() {
		return this.lane;
	}

	public Resolution resolution() {
		return Resolution.of(this.resolution);
	}

	/** The seconds of video asked for. */
	public int seconds() {
		return this.seconds;
	}

	public boolean audio() {
		return this.audio;
	}

	/** The price it was accepted under. */
	public int priceId() {
		return this.priceId;
	}

	/** What is held for it: the most that it can cost. */
	public Money maximumCost() {
		return new Money(this.maximumCost);
	}

	public Instant createdAt() {
		return this.createdAt;
	}

	public GenerationState state() {
		return this.state;
	}

	public boolean cancelRequested() {
		return this.cancelRequested;
	}

	/** The attempt that sends or sent it, or {@code null} while it waits. */
	public @Nullable Integer attempt() {
		return this.attempt;
	}

	/** How often upstream was asked how it stands. */
	public int polls() {
		return this.polls;
	}

	/** How often in a row upstream has said that it knows no such task. */
	public int unknowns() {
		return this.unknowns;
	}

	/** Since when upstream has said so, or {@code null} if it knows the task. */
	public @Nullable Instant unknownSince() {
		return this.unknownSince;
	}

	public @Nullable Instant submittedAt() {
		return this.submittedAt;
	}

	public @Nullable Instant startedAt() {
		return this.startedAt;
	}

	/** Upstream's id for it, which never leaves the gateway, or {@code null}. */
	public @Nullable String upstreamTaskId() {
		return this.upstreamTaskId;
	}

	/** Whether its upstream task is only thought to be its own. */
	public boolean isProvisional() {
		return this.provisional;
	}

	/** Upstream's link to the video, good for a day, or {@code null}. */
	public @Nullable String videoUrl() {
		return this.videoUrl;
	}

	/** What was charged, or {@code null} before it is settled. */
	public @Nullable Money charged() {
		return (this.charged != null) ? new Money(this.charged) : null;
	}

	/** What upstream billed beyond what was held; nothing in all but broken cases. */
	public Money excess() {
		return (this.excess != null) ? new Money(this.excess) : Money.ZERO;
	}

}
