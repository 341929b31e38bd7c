package io.wangateway.team;

import java.time.Clock;
import java.util.List;

import io.wangateway.team.Caller.Operator;
import io.wangateway.web.ApiException;
import io.wangateway.web.ErrorCode;
import io.wangateway.web.Fields;
import io.wangateway.web.Listing;
import io.wangateway.web.Paging;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.data.domain.Limit;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Lets admins name, list and dismiss operators. */
@RestController
@RequestMapping("/v1/admin/operators")
class OperatorController {

	private static final int MAX_NAME = 100;

	/** The index that keeps names apart. */
	private static final String NAME = "operator_name";

	private final OperatorKeys operators;

	private final Audit audit;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	OperatorController(OperatorKeys operators, Audit audit, ApplicationEventPublisher events, Clock clock) {
		this.operators = operators;
		this.audit = audit;
		this.events = events;
		this.clock = clock;
	}

	@PostMapping
	@ResponseStatus(HttpStatus.CREATED)
	@Transactional
	OperatorView create(Operator operator, @RequestBody ObjectNode body) {
		Fields fields = new Fields(body);
		String name = fields.text("name", null, MAX_NAME);
		Role role = fields.word("role", Role.class, null);
		fields.check();
		KeySecret secret = KeySecret.make(KeySecret.Kind.OPERATOR);
		OperatorView created = save(new OperatorKey(name, role, secret, this.clock.instant()), name);
		this.audit.record(operator, "operator.create", created.id().toString(), null, created);
		this.events.publishEvent(new CallersChanged());
		return created.with(secret);
	}

	@GetMapping
	Listing<OperatorView> list(Paging paging) {
		Ids ids = Ids.of(paging, (text) -> OperatorId.of(text).value());
		return Listing.of(this.operators
			.findByDeletedAtIsNullAndIdBetween(ids.from(), ids.to(), ids.sort(), Limit.of(paging.fetch()))
			.stream()
			.map(OperatorKey::view)
			.toList(), paging, (operator) -> operator.id().toString());
	}

	@DeleteMapping("/{id}")
	@Transactional
	OperatorView delete(Operator operator, @PathVariable OperatorId id) {
		List<OperatorKey> all = this.operators.findToChangeByDeletedAtIsNullOrderById();
		OperatorKey leaving = all.stream()
			.filter((each) -> each.view().id().equals(id))
			.findFirst()
			.orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND, "There is no operator " + id));
		long admins = all.stream().filter((each) -> each.role() == Role.ADMIN).count();
		if (leaving.role() == Role.ADMIN && admins == 1) {
			throw new ApiException(ErrorCode.INVALID_REQUEST, id + " is the last admin and can't be deleted");
		}
		OperatorView before = leaving.view();
		leaving.delete(this.clock.instant());
		OperatorView after = this.operators.saveAndFlush(leaving).view();
		this.audit.record(operator, "operator.delete", id.toString(), before, after);
		this.events.publishEvent(new CallersChanged());
		return after;
	}

	private OperatorView save(OperatorKey operator, String name) {
		if (name.equalsIgnoreCase(FirstAdmin.NAME)) {
			throw nameTaken(name);
		}
		try {
			return this.operators.saveAndFlush(operator).view();
		}
		catch (DataIntegrityViolationException ex) {
			if (!Constraints.isBroken(NAME, ex)) {
				throw ex;
			}
			throw nameTaken(name);
		}
	}

	private static ApiException nameTaken(String name) {
		return ApiException.invalid("name", "There is another operator named " + name);
	}

}
