package io.wangateway.following;

import io.wangateway.generation.GenerationReader;
import io.wangateway.generation.GenerationView;
import io.wangateway.team.Caller.TeamCaller;

import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Teams cancel their generations here.
 */
@RestController
class CancelController {

	private final GenerationReader reader;

	private final Cancelling cancelling;

	CancelController(GenerationReader reader, Cancelling cancelling) {
		this.reader = reader;
		this.cancelling = cancelling;
	}

	@PostMapping("/v1/videos/generations/{id}/cancel")
	GenerationView cancel(TeamCaller caller, @PathVariable String id) {
		GenerationView view = this.reader.get(caller, id);
		this.cancelling.cancel(view.id().value(), "the team");
		return this.reader.get(caller, id);
	}

}
