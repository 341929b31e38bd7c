package io.wangateway.generation;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Where a generation is in its life.
 */
public enum GenerationState {

	/** Accepted, held for, and waiting for a slot. */
	QUEUED(PublicStatus.QUEUED),

	/** About to be sent, or being sent. */
	SUBMITTING(PublicStatus.QUEUED),

	/** It may or may not exist upstream. It is not sent again; it holds its slot. */
	IN_DOUBT(PublicStatus.QUEUED),

	/** Accepted upstream, which has not begun yet. */
	SUBMITTED(PublicStatus.QUEUED),

	/** Being made. */
	RUNNING(PublicStatus.IN_PROGRESS),

	/** There is a video, and it is charged for. */
	SUCCEEDED(PublicStatus.COMPLETED),

	/** There is no video, and no charge. */
	FAILED(PublicStatus.FAILED),

	/** There is no video since nobody wanted it any more, and no charge. */
	CANCELLED(PublicStatus.FAILED),

	/**
	 * It can't be found out whether there is a video. Its hold stays until ops decide.
	 */
	LOST(PublicStatus.FAILED);

	private static final Set<GenerationState> ENDED = EnumSet.of(SUCCEEDED, FAILED, CANCELLED, LOST);

	private static final Set<GenerationState> SETTLED = EnumSet.of(SUCCEEDED, FAILED, CANCELLED);

	private final PublicStatus status;

	GenerationState(PublicStatus status) {
		this.status = status;
	}

	/** What callers are told. */
	public PublicStatus status() {
		return this.status;
	}

	/** The state as operators see and name it, such as {@code IN_DOUBT}. */
	@JsonValue
	public String code() {
		return name();
	}

	/** Return the names of the states that callers see as one status. */
	public static String[] namesOf(PublicStatus status) {
		return Arrays.stream(values()).filter((state) -> state.status == status).map(Enum::name).toArray(String[]::new);
	}

	/** Whether nothing more happens by itself. */
	public boolean isEnded() {
		return ENDED.contains(this);
	}

	/** Whether the hold was turned into a charge and a release. */
	public boolean isSettled() {
		return SETTLED.contains(this);
	}

}
