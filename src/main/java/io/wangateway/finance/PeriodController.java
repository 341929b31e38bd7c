package io.wangateway.finance;

import java.time.YearMonth;
import java.util.List;

import io.wangateway.team.Caller.Operator;
import io.wangateway.web.Listing;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lets finance check and close months. */
@RestController
@RequestMapping("/v1/admin/periods")
class PeriodController {

	private final Months months;

	private final MonthCheck check;

	PeriodController(Months months, MonthCheck check) {
		this.months = months;
		this.check = check;
	}

	@GetMapping
	Listing<Month> list() {
		List<Month> all = this.months.all();
		return new Listing<>(all, all.getFirst().month().toString(), all.getLast().month().toString(), false);
	}

	@PostMapping("/{month}/close")
	Month close(Operator operator, @PathVariable YearMonth month) {
		return this.months.close(operator, month);
	}

	@GetMapping("/{month}/check")
	CheckedMonth check(@PathVariable YearMonth month) {
		return this.check.check(this.months.find(month));
	}

}
