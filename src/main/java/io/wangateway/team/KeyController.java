package io.wangateway.team;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import io.wangateway.team.Caller.Operator;
import io.wangateway.web.ApiException;
import io.wangateway.web.ErrorCode;
import io.wangateway.web.Fields;
import io.wangateway.web.Listing;
import io.wangateway.web.Paging;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.data.domain.Limit;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Lets admins make, change, rotate, revoke and list the keys of a team. */
@RestController
@RequestMapping("/v1/admin/teams/{id}/keys")
class KeyController {

	private static final Duration DEFAULT_GRACE = Duration.ofDays(1);

	private static final Duration MAX_GRACE = Duration.ofDays(30);

	private final Teams teams;

	private final ApiKeys keys;

	private final Audit audit;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	KeyController(Teams teams, ApiKeys keys, Audit audit, ApplicationEventPublisher events, Clock clock) {
		this.teams = teams;
		this.keys = keys;
		this.audit = audit;
		this.events = events;
		this.clock = clock;
	}

	@PostMapping
	@ResponseStatus(HttpStatus.CREATED)
	@Transactional
	KeyView create(Operator operator, @PathVariable TeamId id, @RequestBody ObjectNode body) {
		checkTeam(id);
		Instant now = this.clock.instant();
		Fields fields = new Fields(body);
		KeySpec spec = KeySpec.create(fields, now);
		boolean livemode = fields.flag("livemode", null);
		fields.check();
		KeySecret secret = KeySecret.make(livemode ? KeySecret.Kind.LIVE : KeySecret.Kind.SANDBOX);
		KeyView created = this.keys.saveAndFlush(new ApiKey(id, livemode, spec, secret, now)).view();
		this.audit.record(operator, "key.create", created.id().toString(), null, created);
		this.events.publishEvent(new CallersChanged());
		return created.with(secret);
	}

	@GetMapping
	Listing<KeyView> list(@PathVariable TeamId id, Paging paging) {
		checkTeam(id);
		Ids ids = Ids.of(paging, (text) -> KeyId.of(text).value());
		return Listing.of(this.keys
			.findByTeamIdAndIdBetween(id.value(), ids.from(), ids.to(), ids.sort(), Limit.of(paging.fetch()))
			.stream()
			.map(ApiKey::view)
			.toList(), paging, (key) -> key.id().toString());
	}

	@GetMapping("/{keyId}")
	KeyView get(@PathVariable TeamId id, @PathVariable KeyId keyId) {
		return this.keys.findByIdAndTeamId(keyId.value(), id.value())
			.map(ApiKey::view)
			.orElseThrow(() -> unknown(keyId));
	}

	@PatchMapping("/{keyId}")
	@Transactional
	KeyView change(Operator operator, @PathVariable TeamId id, @PathVariable KeyId keyId,
			@RequestBody ObjectNode body) {
		ApiKey key = toChange(id, keyId);
		KeyView before = key.view();
		Fields fields = new Fields(body);
		KeySpec spec = key.spec().changed(fields, this.clock.instant());
		fields.check();
		key.change(spec);
		return changed(operator, "key.change", before, key);
	}

	@PostMapping("/{keyId}/rotate")
	@Transactional
	KeyView rotate(Operator operator, @PathVariable TeamId id, @PathVariable KeyId keyId,
			@RequestBody ObjectNode body) {
		ApiKey key = toChange(id, keyId);
		KeyView before = key.view();
		Fields fields = new Fields(body);
		long grace = fields.whole("grace_seconds", DEFAULT_GRACE.toSeconds(), 0, MAX_GRACE.toSeconds());
		fields.check();
		KeySecret secret = KeySecret.make(key.kind());
		key.rotate(secret, Duration.ofSeconds(grace), this.clock.instant());
		return changed(operator, "key.rotate", before, key).with(secret);
	}

	@DeleteMapping("/{keyId}")
	@Transactional
	KeyView revoke(Operator operator, @PathVariable TeamId id, @PathVariable KeyId keyId) {
		ApiKey key = this.keys.findToChangeByIdAndTeamId(keyId.value(), id.value()).orElseThrow(() -> unknown(keyId));
		KeyView before = key.view();
		if (key.isRevoked()) {
			return before;
		}
		key.revoke(this.clock.instant());
		return changed(operator, "key.revoke", before, key);
	}

	private KeyView changed(Operator operator, String action, KeyView before, ApiKey key) {
		KeyView after = this.keys.saveAndFlush(key).view();
		this.audit.record(operator, action, after.id().toString(), before, after);
		this.events.publishEvent(new CallersChanged());
		return after;
	}

	private ApiKey toChange(TeamId team, KeyId id) {
		ApiKey key = this.keys.findToChangeByIdAndTeamId(id.value(), team.value()).orElseThrow(() -> unknown(id));
		if (key.isRevoked()) {
			throw new ApiException(ErrorCode.INVALID_REQUEST, "%s was revoked, which is for ever".formatted(id));
		}
		return key;
	}

	private void checkTeam(TeamId id) {
		if (!this.teams.existsById(id.value())) {
			throw TeamController.unknown(id);
		}
	}

	private static ApiException unknown(KeyId id) {
		return new ApiException(ErrorCode.NOT_FOUND, "The team has no key " + id);
	}

}
