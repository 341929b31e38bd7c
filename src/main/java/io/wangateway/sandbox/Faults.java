package io.wangateway.sandbox;

import org.springframework.web.servlet.function.ServerResponse;

/** Lets calls go wrong as their directives say, or as chance has it. */
class Faults {

	private final SharedState shared;

	private final Mishaps mishaps;

	Faults(SharedState shared, Mishaps mishaps) {
		this.shared = shared;
		this.mishaps = mishaps;
	}

	/**
	 * Answer a call.
	 * @param route the kind of call
	 * @param subject what counts the uses of a directive with a count
	 * @param directives the directives of the task or prompt that the call is about
	 * @param call carries out the call
	 * @return the answer, or what is left of it
	 */
	ServerResponse answer(Route route, String subject, Directives directives, Call call) {
		for (Directive directive : directives.and(Directives.drawn(this.shared.behaviour().faults())).all()) {
			Mishap mishap = directive.mishap(route);
			if (mishap != null && (!directive.isLimited() || this.shared.use(subject, directive))) {
				return this.mishaps.answer(mishap, directive, call);
			}
		}
		return call.carryOut().toResponse();
	}

}
