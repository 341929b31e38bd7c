package io.wangateway.sandbox;

import java.util.function.Supplier;

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
		return answer(route, subject, directives, call, () -> call.carryOut().toResponse());
	}

	/**
	 * Answer a call whose answer has a form of its own as long as nothing goes wrong.
	 * @param route the kind of call
	 * @param subject what counts the uses of a directive with a count
	 * @param directives the directives of the task or prompt that the call is about
	 * @param call carries out the call for an answer that something happens to
	 * @param unharmed carries out the call if nothing goes wrong
	 * @return the answer, or what is left of it
	 */
	ServerResponse answer(Route route, String subject, Directives directives, Call call,
			Supplier<ServerResponse> unharmed) {
		for (Directive directive : directives.and(Directives.drawn(this.shared.behaviour().faults())).all()) {
			Mishap mishap = directive.mishap(route);
			if (mishap != null && (!directive.isLimited() || this.shared.use(subject, directive))) {
				return this.mishaps.answer(mishap, directive, call);
			}
		}
		return unharmed.get();
	}

}
