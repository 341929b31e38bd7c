package io.wangateway.ledger;

import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The calendar of the books. Its zone is set before the first entry and never again,
 * since moving it would move costs between months.
 */
@Component
public class Books implements InitializingBean {

	private final JdbcClient jdbc;

	private final BooksSettings settings;

	Books(JdbcClient jdbc, BooksSettings settings) {
		this.jdbc = jdbc;
		this.settings = settings;
	}

	@Override
	public void afterPropertiesSet() {
		String zone = this.settings.zone().getId();
		this.jdbc.sql("update books set zone = :zone where zone <> :zone and not exists (select from ledger_entry)")
			.param("zone", zone)
			.update();
		String kept = this.jdbc.sql("select zone from books").query(String.class).single();
		if (!kept.equals(zone)) {
			throw new IllegalStateException(
					"gateway.books.zone is %s, but the books have entries and are kept in %s".formatted(zone, kept));
		}
	}

	/** Return the present month, by the database's clock. */
	public YearMonth month() {
		return YearMonth.from(this.jdbc.sql("select books_month(books_now())").query(LocalDate.class).single());
	}

	/** Where days and months are cut. */
	public ZoneId zone() {
		return this.settings.zone();
	}

}
