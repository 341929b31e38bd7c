package io.wangateway.sandbox;

import java.time.Duration;
import java.util.Map;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the simulator behaves. It starts as the settings say and may be changed while it
 * runs, for all processes on one database at once.
 *
 * @param timings how long a task takes
 * @param limits what is refused as too much
 * @param faults the share of calls, from 0 to 1, that each directive befalls (see
 * {@link Directive}), such as {@code lost-answer: 0.05}
 */
record Behaviour(Timings timings, Limits limits, Map<String, Double> faults) {

	Behaviour {
		faults.forEach((directive, share) -> {
			Directive.parse(directive);
			if (share < 0 || share > 1) {
				throw Refusal
					.invalidParameter("The share of %s must be from 0 to 1, not %s".formatted(directive, share));
			}
		});
	}

	/**
	 * How long a task takes.
	 *
	 * @param pending how long it waits although nothing is in its way
	 * @param run the part of its run that does not depend on its length
	 * @param runPerSecond what each second of video adds to its run
	 * @param spread by which share of itself a run is longer or shorter at most
	 */
	record Timings(@DefaultValue("1s") Duration pending, @DefaultValue("2s") Duration run,
			@DefaultValue("400ms") Duration runPerSecond, @DefaultValue("0.1") double spread) {
	}

	/**
	 * What is refused as too much; 0 refuses nothing. Rates count over any second (short
	 * of a twentieth for what the network does to a client that paces itself exactly).
	 *
	 * @param submissionsPerSecond for each model
	 * @param inProcessing how many tasks of a model may be unfinished
	 * @param surplus what becomes of a task above that number; both answers are
	 * documented for models of this kind
	 * @param queriesPerSecond for all single queries together
	 * @param listsPerSecond for all list queries together
	 * @param cancelsPerSecond for all cancellations together
	 * @param policiesPerSecond upload policies, for each model
	 */
	record Limits(@DefaultValue("5") int submissionsPerSecond, @DefaultValue("5") int inProcessing,
			@DefaultValue("refuse") Surplus surplus, @DefaultValue("20") int queriesPerSecond,
			@DefaultValue("20") int listsPerSecond, @DefaultValue("20") int cancelsPerSecond,
			@DefaultValue("100") int policiesPerSecond) {
	}

	/** What becomes of a task above the number that may be in processing. */
	enum Surplus {

		/** Its submission is answered with 429. */
		REFUSE,

		/** It is PENDING until one of those before it ends. */
		WAIT

	}

}
