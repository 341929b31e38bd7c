package io.wangateway.pricing;

import java.time.Clock;

import io.wangateway.catalogue.Catalogue;
import io.wangateway.team.Audit;
import io.wangateway.team.Caller.Operator;
import io.wangateway.web.Listing;
import io.wangateway.web.Paging;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.HttpStatus;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Lets finance put prices on record and see them all. */
@RestController
@RequestMapping("/v1/admin/prices")
class PriceController {

	private final PriceBook book;

	private final Catalogue catalogue;

	private final Audit audit;

	private final Clock clock;

	PriceController(PriceBook book, Catalogue catalogue, Audit audit, Clock clock) {
		this.book = book;
		this.catalogue = catalogue;
		this.audit = audit;
		this.clock = clock;
	}

	@PostMapping
	@ResponseStatus(HttpStatus.CREATED)
	@Transactional
	PriceView create(Operator operator, @RequestBody ObjectNode body) {
		PriceSpec spec = PriceSpec.read(body, this.clock.instant());
		spec.check(this.catalogue);
		PriceView created = PriceView.of(this.book.add(spec, operator));
		this.audit.record(operator, "price.create", created.id().toString(), null, created);
		return created;
	}

	@GetMapping
	Listing<PriceView> list(Paging paging) {
		return Listing.of(this.book.page(paging).stream().map(PriceView::of).toList(), paging,
				(price) -> price.id().toString());
	}

}
