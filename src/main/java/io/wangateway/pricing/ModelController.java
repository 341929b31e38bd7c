package io.wangateway.pricing;

import java.time.Clock;
import java.util.List;

import io.wangateway.catalogue.Catalogue;
import io.wangateway.catalogue.Model;
import io.wangateway.team.Caller.TeamCaller;
import io.wangateway.web.ApiException;
import io.wangateway.web.ErrorCode;
import io.wangateway.web.Listing;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shows teams the models that their key may use, what they can do and what they cost. It
 * is here and not in the catalogue because of the prices.
 */
@RestController
@RequestMapping("/v1/models")
class ModelController {

	private final Catalogue catalogue;

	private final Prices prices;

	private final Clock clock;

	ModelController(Catalogue catalogue, Prices prices, Clock clock) {
		this.catalogue = catalogue;
		this.prices = prices;
		this.clock = clock;
	}

	@GetMapping
	Listing<ModelView> list(TeamCaller caller, @RequestParam(defaultValue = "all") Type type) {
		List<Price> inForce = this.prices.inForce(this.clock.instant());
		return new Listing<>(switch (type) {
			case TEXT, IMAGE, AUDIO -> List.of();
			case VIDEO,
					ALL ->
				this.catalogue.models()
					.stream()
					.filter((model) -> mayUse(caller, model))
					.map((model) -> ModelView.of(model, inForce))
					.toList();
		}, null, null, false);
	}

	@GetMapping("/{id}")
	ModelView get(TeamCaller caller, @PathVariable String id) {
		return this.catalogue.model(id)
			.filter((model) -> mayUse(caller, model))
			.map((model) -> ModelView.of(model, this.prices.inForce(this.clock.instant())))
			.orElseThrow(() -> new ApiException(ErrorCode.MODEL_NOT_FOUND, "There is no model " + id));
	}

	private static boolean mayUse(TeamCaller caller, Model model) {
		return caller.models().isEmpty() || caller.models().contains(model.id());
	}

	/** What a model makes. All of ours make videos. */
	enum Type {

		TEXT, IMAGE, VIDEO, AUDIO, ALL

	}

}
