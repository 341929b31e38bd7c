package io.wangateway.sandbox;

/** What carries out a request, if it is carried out. */
@FunctionalInterface
interface Call {

	/**
	 * Carry out the request.
	 * @return the answer
	 * @throws Refusal if the request is against the rules
	 */
	Answer carryOut();

}
