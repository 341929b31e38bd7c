package io.wangateway.usage;

import java.io.IOException;
import java.time.LocalDate;
import java.util.Map;

import io.wangateway.team.Caller.Operator;
import io.wangateway.team.Caller.TeamCaller;
import io.wangateway.web.AcceptsParameters;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.Resource;
import org.springframework.http.ResponseEntity;
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

	private final UsageExports exports;

	UsageController(UsageQueryReader queries, UsageReports reports, UsageExports exports) {
		this.queries = queries;
		this.reports = reports;
		this.exports = exports;
	}

	@GetMapping("/v1/usage")
	@AcceptsParameters({ "start_time", "end_time", "month", "tz", "bucket_width", "group_by", "api_key", "model",
			"mode", "resolution", "audio", "label:*", "limit", "after" })
	ResponseEntity<?> ofTeam(TeamCaller caller, @RequestParam Map<String, String> parameters,
			@RequestParam(defaultValue = "json") ReportFormat format, @RequestParam(defaultValue = "false") boolean bom)
			throws IOException {
		return answer(this.queries.read(caller.team(), caller.livemode(), parameters), format, bom, null);
	}

	@GetMapping("/v1/admin/usage")
	@AcceptsParameters({ "start_time", "end_time", "month", "tz", "bucket_width", "group_by", "team", "api_key",
			"model", "mode", "resolution", "audio", "label:*", "limit", "after" })
	ResponseEntity<?> ofAll(Operator operator, @RequestParam Map<String, String> parameters,
			@RequestParam(defaultValue = "json") ReportFormat format, @RequestParam(defaultValue = "false") boolean bom,
			@RequestParam(required = false) @Nullable Sheets sheets) throws IOException {
		return answer(this.queries.read(null, true, parameters), format, bom, sheets);
	}

	private ResponseEntity<?> answer(UsageQuery query, ReportFormat format, boolean bom, @Nullable Sheets sheets)
			throws IOException {
		return switch (format) {
			case JSON -> ResponseEntity.ok(this.reports.report(query));
			case CSV -> file(query, format, (out) -> this.exports.csv(query, bom, out));
			case XLSX -> file(query, format, (out) -> this.exports.xlsx(query, sheets != null, out));
		};
	}

	private static ResponseEntity<Resource> file(UsageQuery query, ReportFormat format, Download.Content content)
			throws IOException {
		String name = "usage-" + LocalDate.ofInstant(query.time().range().start(), query.time().zone());
		return Download.of(format.fileName(name), format.mediaType(), content);
	}

	/** What gets a sheet of its own. */
	enum Sheets {

		TEAM

	}

}
