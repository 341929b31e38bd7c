package io.wangateway.finance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;

import io.wangateway.team.Caller.Operator;
import io.wangateway.web.ApiException;
import io.wangateway.web.ErrorCode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes Alibaba's bill of a month, and shows how it compares. The month's check shows the
 * same from then on.
 */
@RestController
class BillController {

	private static final MediaType CSV = MediaType.parseMediaType("text/csv");

	private final Months months;

	private final Bills bills;

	private final BillComparison comparison;

	BillController(Months months, Bills bills, BillComparison comparison) {
		this.months = months;
		this.bills = bills;
		this.comparison = comparison;
	}

	@PostMapping("/v1/admin/periods/{month}/bill")
	ComparedBill put(Operator operator, @PathVariable YearMonth month,
			@RequestHeader(HttpHeaders.CONTENT_TYPE) MediaType type, InputStream body) throws IOException {
		if (!CSV.includes(type)) {
			throw new ApiException(ErrorCode.UNSUPPORTED_MEDIA_TYPE,
					"Content-Type must be %s (was %s)".formatted(CSV, type));
		}
		Month billed = this.months.find(month);
		Charset charset = (type.getCharset() != null) ? type.getCharset() : StandardCharsets.UTF_8;
		this.bills.put(operator, billed.month(), body, charset);
		return this.comparison.of(month).orElseThrow();
	}

}
