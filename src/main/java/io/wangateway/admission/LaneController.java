package io.wangateway.admission;

import java.util.List;
import java.util.Optional;

import io.wangateway.team.Audit;
import io.wangateway.team.Caller.Operator;
import io.wangateway.web.ApiException;
import io.wangateway.web.ErrorCode;
import io.wangateway.web.Fields;
import io.wangateway.web.Listing;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shows ops the lanes, and lets them change limits, pause and resume.
 */
@RestController
@RequestMapping("/v1/admin/lanes")
class LaneController {

	private static final int MAX_LIMIT = 10_000;

	private final Lanes lanes;

	private final LaneReport report;

	private final Audit audit;

	LaneController(Lanes lanes, LaneReport report, Audit audit) {
		this.lanes = lanes;
		this.report = report;
		this.audit = audit;
	}

	@GetMapping
	Listing<LaneView> list() {
		List<LaneView> all = this.lanes.names()
			.stream()
			.flatMap((lane) -> this.report.of(lane.name()).stream())
			.toList();
		return new Listing<>(all, null, null, false);
	}

	@PatchMapping("/{name}")
	@Transactional
	LaneView change(Operator operator, @PathVariable String name, @RequestBody ObjectNode body) {
		LaneView before = find(name);
		Fields fields = new Fields(body);
		Integer maxInFlight = limit(fields, "max_in_flight", before.patched().maxInFlight(), 0);
		Double presentRate = before.patched().submissionsPerSecond();
		Integer rate = limit(fields, "submissions_per_second", (presentRate != null) ? presentRate.intValue() : null,
				1);
		boolean paused = fields.flag("paused", before.paused());
		fields.check();
		this.lanes.change(name, maxInFlight, rate, paused, !paused && body.has("paused"));
		LaneView after = find(name);
		this.audit.record(operator, "lane.change", name, before, after);
		return after;
	}

	private LaneView find(String name) {
		Optional<LaneView> lane = this.report.of(name);
		return lane.orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND, "There is no lane " + name));
	}

	private static @Nullable Integer limit(Fields fields, String name, @Nullable Integer present, int least) {
		Long limit = fields.optionalWhole(name, (present != null) ? present.longValue() : null, least, MAX_LIMIT);
		return (limit != null) ? limit.intValue() : null;
	}

}
