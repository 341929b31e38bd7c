package io.wangateway.team;

import java.time.Clock;

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
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Lets admins create, change and list teams. */
@RestController
@RequestMapping("/v1/admin/teams")
class TeamController {

	/** The index that keeps names apart. */
	private static final String NAME = "team_by_name";

	private final Teams teams;

	private final Audit audit;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	TeamController(Teams teams, Audit audit, ApplicationEventPublisher events, Clock clock) {
		this.teams = teams;
		this.audit = audit;
		this.events = events;
		this.clock = clock;
	}

	@PostMapping
	@ResponseStatus(HttpStatus.CREATED)
	@Transactional
	TeamView create(Operator operator, @RequestBody ObjectNode body) {
		Fields fields = new Fields(body);
		TeamSpec spec = TeamSpec.create(fields);
		fields.check();
		TeamView created = save(new Team(spec, this.clock.instant()));
		this.audit.record(operator, "team.create", created.id().toString(), null, created);
		return created;
	}

	@GetMapping
	Listing<TeamView> list(Paging paging) {
		Ids ids = Ids.of(paging, (text) -> TeamId.of(text).value());
		return Listing.of(this.teams.findByIdBetween(ids.from(), ids.to(), ids.sort(), Limit.of(paging.fetch()))
			.stream()
			.map(TeamView::of)
			.toList(), paging, (team) -> team.id().toString());
	}

	@GetMapping("/{id}")
	TeamView get(@PathVariable TeamId id) {
		return this.teams.findById(id.value()).map(TeamView::of).orElseThrow(() -> unknown(id));
	}

	@PatchMapping("/{id}")
	@Transactional
	TeamView change(Operator operator, @PathVariable TeamId id, @RequestBody ObjectNode body) {
		Team team = this.teams.findToChangeById(id.value()).orElseThrow(() -> unknown(id));
		TeamView before = TeamView.of(team);
		Fields fields = new Fields(body);
		TeamSpec spec = team.spec().changed(fields);
		fields.check();
		team.change(spec);
		TeamView after = save(team);
		this.audit.record(operator, "team.change", id.toString(), before, after);
		this.events.publishEvent(new CallersChanged());
		return after;
	}

	private TeamView save(Team team) {
		try {
			return TeamView.of(this.teams.saveAndFlush(team));
		}
		catch (DataIntegrityViolationException ex) {
			if (!Constraints.isBroken(NAME, ex)) {
				throw ex;
			}
			throw ApiException.invalid("name", "There is another team named " + team.spec().name());
		}
	}

	static ApiException unknown(TeamId id) {
		return new ApiException(ErrorCode.NOT_FOUND, "There is no team " + id);
	}

}
