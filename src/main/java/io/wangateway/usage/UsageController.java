package io.wangateway.usage;

import java.util.Map;

import io.wangateway.team.Caller.Operator;
import io.wangateway.team.Caller.TeamCaller;
import io.wangateway.web.AcceptsParameters;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * What was used and what it cost: for a team its own, for operators all that is live.
 */
@RestController
class UsageController {

	private final UsageQueryReader queries;

	private final UsageReports reports;

	UsageController(UsageQueryReader queries, UsageReports reports) {
		this.queries = queries;
		this.reports = reports;
	}

	@GetMapping("/v1/usage")
	@AcceptsParameters({ "start_time", "end_time", "month", "tz", "bucket_width", "group_by", "api_key", "model",
			"mode", "resolution", "audio", "label:*", "limit", "after" })
	UsageReport ofTeam(TeamCaller caller, @RequestParam Map<String, String> parameters) {
		return this.reports.report(this.queries.read(caller.team(), caller.livemode(), parameters));
	}

	@GetMapping("/v1/admin/usage")
	@AcceptsParameters({ "start_time", "end_time", "month", "tz", "bucket_width", "group_by", "team", "api_key",
			"model", "mode", "resolution", "audio", "label:*", "limit", "after" })
	UsageReport ofAll(Operator operator, @RequestParam Map<String, String> parameters) {
		return this.reports.report(this.queries.read(null, true, parameters));
	}

}
