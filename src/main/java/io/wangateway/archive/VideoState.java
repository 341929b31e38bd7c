package io.wangateway.archive;

/**
 * Where a finished video stands.
 */
enum VideoState {

	/** Upstream has it; the copy is under way. */
	PENDING,

	/** The copy is in the store. */
	KEPT,

	/** Upstream had it no more before it could be copied. */
	LOST,

	/** The days that its team has videos kept are over. */
	EXPIRED,

	/** Its team had it removed. */
	DELETED

}
