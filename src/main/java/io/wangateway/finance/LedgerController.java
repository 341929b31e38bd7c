package io.wangateway.finance;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;

import io.wangateway.ledger.Books;
import io.wangateway.ledger.Entry;
import io.wangateway.team.TeamId;
import io.wangateway.web.CsvWriter;
import io.wangateway.web.Listing;
import io.wangateway.web.Paging;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows finance every line of the books, as pages of JSON or as one CSV. */
@RestController
class LedgerController {

	private static final List<String> COLUMNS = List.of("id", "kind", "team_id", "task_id", "amount", "currency",
			"month", "corrects", "posted_at", "reason", "actor");

	private final Entries entries;

	private final Books books;

	LedgerController(Entries entries, Books books) {
		this.entries = entries;
		this.books = books;
	}

	@GetMapping(path = "/v1/admin/ledger", params = "format!=csv")
	Listing<EntryView> list(Paging paging, @RequestParam(required = false) @Nullable YearMonth month,
			@RequestParam(name = "start_time", required = false) @Nullable Instant start,
			@RequestParam(name = "end_time", required = false) @Nullable Instant end,
			@RequestParam(required = false) @Nullable TeamId team, @RequestParam(defaultValue = "json") Format format) {
		List<Entry> found = this.entries.page(span(month, start, end), team, paging);
		return Listing.of(found.stream().map(EntryView::of).toList(), paging, EntryView::id);
	}

	@GetMapping(path = "/v1/admin/ledger", params = "format=csv")
	void export(@RequestParam(required = false) @Nullable YearMonth month,
			@RequestParam(name = "start_time", required = false) @Nullable Instant start,
			@RequestParam(name = "end_time", required = false) @Nullable Instant end,
			@RequestParam(required = false) @Nullable TeamId team, @RequestParam(defaultValue = "csv") Format format,
			@RequestParam(defaultValue = "false") boolean bom, HttpServletResponse response) {
		Span span = span(month, start, end);
		CsvWriter csv = CsvWriter.to(response, "ledger-%s.csv".formatted(span.name()), bom);
		csv.header(COLUMNS);
		DateTimeFormatter time = timeIn(this.books.zone());
		this.entries.each(span, team, (row) -> write(csv, EntryView.of(Entry.of(row)), time));
		csv.flush();
	}

	private static void write(CsvWriter csv, EntryView entry, DateTimeFormatter time) {
		csv.plain(entry.id())
			.plain(entry.kind())
			.plain(entry.team())
			.plain(entry.task())
			.plain(entry.amount())
			.plain(entry.currency())
			.plain(entry.month())
			.plain(entry.corrects())
			.plain(time.format(entry.postedAt()))
			.text(entry.reason())
			.text(entry.actor())
			.endLine();
	}

	/** How files write times, such as {@code 2026-11-22T23:59:59.123+08:00}. */
	static DateTimeFormatter timeIn(ZoneId zone) {
		return DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxxx").withZone(zone);
	}

	private Span span(@Nullable YearMonth month, @Nullable Instant start, @Nullable Instant end) {
		return Span.of(month, start, end, this.books);
	}

	/** What the books can be had as. */
	enum Format {

		JSON, CSV

	}

}
