package io.wangateway.finance;

import java.time.Instant;
import java.time.YearMonth;

import io.wangateway.ledger.Books;
import io.wangateway.team.TeamId;
import io.wangateway.web.CsvWriter;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lets finance take out what was charged and corrected, for their own tools. */
@RestController
class ChargeController {

	private final Charges charges;

	private final Books books;

	ChargeController(Charges charges, Books books) {
		this.charges = charges;
		this.books = books;
	}

	@GetMapping("/v1/admin/charges")
	void export(@RequestParam(required = false) @Nullable YearMonth month,
			@RequestParam(name = "start_time", required = false) @Nullable Instant start,
			@RequestParam(name = "end_time", required = false) @Nullable Instant end,
			@RequestParam(required = false) @Nullable TeamId team, @RequestParam(defaultValue = "csv") Format format,
			@RequestParam(defaultValue = "false") boolean bom, HttpServletResponse response) {
		Span span = Span.of(month, start, end, this.books);
		ChargeSheet sheet = switch (format) {
			case CSV -> new PlainChargeSheet(this.books.zone());
			case FOCUS -> new FocusChargeSheet(this.books.zone());
		};
		CsvWriter csv = CsvWriter.to(response, "%s-%s.csv".formatted(format.fileName, span.name()), bom);
		csv.header(sheet.columns());
		this.charges.each(span, team, (charge) -> sheet.write(csv, charge));
		csv.flush();
	}

	/** How charges can be laid out. */
	enum Format {

		CSV("charges"), FOCUS("focus");

		private final String fileName;

		Format(String fileName) {
			this.fileName = fileName;
		}

	}

}
