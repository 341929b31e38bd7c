package io.wangateway.usage;

import java.time.YearMonth;
import java.util.List;

import io.wangateway.ledger.Books;

import org.springframework.stereotype.Component;

/**
 * Proves that the sums behind reports are those of the tasks and corrections themselves.
 */
@Component
public class UsageCheck {

	private final UsageSums sums;

	private final Books books;

	UsageCheck(UsageSums sums, Books books) {
		this.sums = sums;
		this.books = books;
	}

	/**
	 * Check a month, which may be the present one. It reads every task of the month.
	 * @param month which
	 * @return the kinds of sums that are wrong, such as {@code hour_by_key}, none if all
	 * is right
	 */
	public List<String> differences(YearMonth month) {
		return this.sums.differing(Range.of(month, this.books.zone())).stream().map(Level::code).toList();
	}

}
