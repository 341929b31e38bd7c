package io.wangateway.usage;

import java.io.IOException;
import java.time.YearMonth;
import java.util.Map;

import io.wangateway.ledger.Books;
import io.wangateway.team.Caller.Operator;
import io.wangateway.team.Caller.TeamCaller;
import io.wangateway.team.TeamId;
import io.wangateway.web.AcceptsParameters;
import io.wangateway.web.ApiException;
import io.wangateway.web.ErrorCode;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Hands out monthly statements, as a page or as PDF: to a team its own, to finance each
 * team's.
 */
@RestController
class StatementController {

	private static final MediaType HTML = MediaType.parseMediaType("text/html;charset=UTF-8");

	private final UsageQueryReader queries;

	private final Statements statements;

	private final StatementPage page;

	private final Books books;

	StatementController(UsageQueryReader queries, Statements statements, StatementPage page, Books books) {
		this.queries = queries;
		this.statements = statements;
		this.page = page;
		this.books = books;
	}

	@GetMapping("/v1/usage/statement")
	@AcceptsParameters("month")
	ResponseEntity<?> ofTeam(TeamCaller caller, @RequestParam Map<String, String> parameters,
			@RequestParam(defaultValue = "html") Format format) throws IOException {
		Range range = this.queries.read(caller.team(), caller.livemode(), parameters).time().range();
		return answer(caller.team(), caller.livemode(), YearMonth.from(range.start().atZone(this.books.zone())),
				format);
	}

	@GetMapping("/v1/admin/periods/{month}/statements/{team}")
	ResponseEntity<?> ofAny(Operator operator, @PathVariable YearMonth month, @PathVariable String team,
			@RequestParam(defaultValue = "html") Format format) throws IOException {
		return answer(known(team, month), true, month, format);
	}

	private ResponseEntity<?> answer(TeamId team, boolean livemode, YearMonth month, Format format) throws IOException {
		Statement statement = this.statements.of(team, livemode, month).orElseThrow(() -> none(team.toString(), month));
		return switch (format) {
			case HTML -> ResponseEntity.ok()
				.contentType(HTML)
				.header("Content-Security-Policy", this.page.policy())
				.body(this.page.render(statement));
			case PDF -> Download.of("statement-%s-%s.pdf".formatted(team, month), MediaType.APPLICATION_PDF,
					(out) -> StatementPdf.write(statement, out));
		};
	}

	private static TeamId known(String team, YearMonth month) {
		try {
			return TeamId.of(team);
		}
		catch (IllegalArgumentException _) {
			throw none(team, month);
		}
	}

	private static ApiException none(String team, YearMonth month) {
		return new ApiException(ErrorCode.NOT_FOUND, "There is no statement of %s for %s".formatted(team, month));
	}

	/** As what a statement is wanted. */
	enum Format {

		HTML, PDF

	}

}
