package io.wangateway.web;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.format.support.DefaultFormattingConversionService;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/** What every route gets for nothing, shown on a few that exist only here. */
@ExtendWith(OutputCaptureExtension.class)
class RouteTests {

	private MockMvcTester mvc;

	@BeforeEach
	void setUp() {
		JsonMapper.Builder json = JsonMapper.builder();
		new JsonFormat().customize(json);
		ErrorWriter errors = new ErrorWriter(json.build());
		DefaultFormattingConversionService conversions = new DefaultFormattingConversionService();
		new WebConfiguration(new RequestSettings(Duration.ofSeconds(30))).addFormatters(conversions);
		this.mvc = MockMvcTester.of(List.of(new Routes()),
				(builder) -> builder.setControllerAdvice(new ErrorAdvice(errors))
					.addInterceptors(new QueryGuard())
					.setCustomArgumentResolvers(new PagingResolver())
					.setConversionService(conversions)
					.setMessageConverters(new JacksonJsonHttpMessageConverter(json.build()))
					.addFilters(new ErrorBoundary(errors))
					.build());
	}

	@Test
	void jsonIsInSnakeCaseWithoutNullsAndWithUnixSeconds() {
		assertThat(get("/list?limit=2")).hasStatusOk()
			.bodyJson()
			.isStrictlyEqualTo(
					"""
							{"object": "list", "data": [{"made_at": 1768380224, "html": "<b>&"}, {"made_at": 1768380225, "html": "c"}],
							 "first_id": "<b>&", "last_id": "c", "has_more": true}""");
		assertThat(get("/list?limit=3")).bodyJson().extractingPath("$.has_more").isEqualTo(false);
		assertThat(get("/list")).bodyText().contains("<b>&");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			size=1080p&since=1768380224&dry_run=true&tag=a&tag=b&label:x=1 | P1080 2026-01-14T08:43:44Z true [a, b]
			dry_run=false | null null false []
			""")
	void queryIsReadAsDeclared(String query, String answer) {
		assertThat(get("/query?" + query)).hasStatusOk().bodyText().isEqualTo('"' + answer + '"');
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			size=P1080       | size    | size must be one of 720p, 1080p (was P1080)
			size=4k          | size    | size must be one of 720p, 1080p (was 4k)
			since=2026-01-14 | since   | since must be a time in whole Unix seconds (was 2026-01-14)
			dry_run=yes      | dry_run | dry_run must be true or false (was yes)
			dry_run=         | dry_run | dry_run has no value
			count=1.5        | count   | count must be a whole number (was 1.5)
			dryrun=true      | dryrun  | dryrun is not known here; did you mean dry_run?
			dry_run=true&dry_run=false | dry_run | dry_run was given 2 times
			count=99999999999 | count  | count must be a whole number (was 99999999999)
			label:=1         | label:  | label: is not known here; did you mean label:?
			""")
	void wrongQueryIsRefused(String query, String param, String message) {
		assertThat(get("/query?" + query)).hasStatus(400)
			.bodyJson()
			.isLenientlyEqualTo("""
					{"error": {"param": "%s", "message": "%s", "type": "invalid_request_error"}}""".formatted(param,
					message));
	}

	@Test
	void allUnknownParametersAreTold() {
		assertThat(get("/query?a=1&b=2")).hasStatus(400)
			.bodyJson()
			.extractingPath("$.error.errors")
			.asArray()
			.hasSize(2);
	}

	@Test
	void requiredParameterIsNamed() {
		assertThat(get("/required")).hasStatus(400)
			.bodyJson()
			.isLenientlyEqualTo(
					"""
							{"error": {"code": "invalid_request", "param": "month", "message": "month is required in the query"}}""");
	}

	@Test
	void ourOwnFaultIsLoggedOnceAndNotTold(CapturedOutput output) {
		assertThat(get("/fail?how=bug")).hasStatus(500).bodyJson().isStrictlyEqualTo("""
				{"error": {"code": "internal_error", "message":
				 "Something failed on our side; the request id finds it in our log",
				 "type": "api_error", "request_id": "the-id"}}""");
		assertThat(output.getAll().split("a secret detail", -1)).hasSize(2);
		assertThat(output).contains("Request the-id failed");
	}

	@ParameterizedTest
	@ValueSource(strings = { "pool", "connection", "shutdown", "taken away", "stood still", "full" })
	void databaseThatIsAwayIsServiceUnavailable(String how) {
		assertThat(get("/fail?how=" + how)).hasStatus(503)
			.hasHeader("Retry-After", "5")
			.bodyJson()
			.isLenientlyEqualTo("""
					{"error": {"code": "service_unavailable", "type": "api_error"}}""");
	}

	@Test
	void refusalCarriesItsDetailsAndAdvice() {
		assertThat(get("/fail?how=budget")).hasStatus(402)
			.hasHeader("Retry-After", "2")
			.bodyJson()
			.isStrictlyEqualTo("""
					{"error": {"code": "budget_exceeded", "message": "Too dear", "type": "insufficient_quota",
					 "request_id": "the-id", "budget": {"limit": "1.00"}}}""");
	}

	private MvcTestResult get(String uri) {
		return this.mvc.get().uri(uri).header("X-Request-Id", "the-id").exchange();
	}

	/** What is listed. */
	record Row(Instant madeAt, String html, @Nullable String missing) {

	}

	/** Words that callers know by other names. */
	enum Size {

		P720, P1080;

		@JsonValue
		String code() {
			return name().substring(1) + "p";
		}

	}

	@RestController
	static class Routes {

		@GetMapping("/list")
		Listing<Row> list(Paging paging) {
			Instant start = Instant.ofEpochSecond(1768380224);
			return Listing.of(List.of(new Row(start, "<b>&", null), new Row(start.plusSeconds(1), "c", null),
					new Row(start.plusSeconds(2), "d", null)), paging, Row::html);
		}

		@GetMapping("/query")
		@AcceptsParameters("label:*")
		String query(@RequestParam(required = false) @Nullable Size size,
				@RequestParam(required = false) @Nullable Instant since,
				@RequestParam(name = "dry_run", defaultValue = "false") boolean dryRun,
				@RequestParam(defaultValue = "1") int count, @RequestParam(defaultValue = "") List<String> tag) {
			return "%s %s %s %s".formatted(size, since, dryRun, tag);
		}

		@GetMapping("/required")
		String required(@RequestParam String month) {
			return month;
		}

		@GetMapping("/fail")
		String fail(@RequestParam String how) {
			throw switch (how) {
				case "pool" ->
					new CannotGetJdbcConnectionException("x", new SQLTransientConnectionException("timed out"));
				case "connection" -> new DataAccessResourceFailureException("x", new SQLException("x", "08006"));
				case "shutdown" -> new IllegalStateException(new SQLException("x", "57P01"));
				case "taken away" -> new IllegalStateException(new SQLException("Connection is closed"));
				case "stood still" -> new IllegalStateException(new SQLException("x", "25P03"));
				case "full" -> new IllegalStateException(new SQLException("x", "53300"));
				case "budget" ->
					new ApiException(ErrorCode.BUDGET_EXCEEDED, "Too dear").with("budget", Map.of("limit", "1.00"))
						.retryAfter(Duration.ofMillis(1001));
				default -> new IllegalStateException("a secret detail");
			};
		}

	}

}
