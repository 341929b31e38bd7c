package io.wangateway.ledger;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;

import io.wangateway.TestGateway;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A price that finance has set beforehand, and tasks that come about its second. */
@BooksTest
class PriceChangeTests {

	private static final String REFERENCE = """
			{"model": "wan2.6-flash", "metadata": {"reference_urls": ["https://media.example.com/cat.png"]},
			 "resolution": "720p", "audio": false}""";

	@Autowired
	TestBooks books;

	@Autowired
	TestGateway gateway;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	Clock clock;

	@Test
	void futurePriceTakesOverOnItsSecond() {
		TestBooks.Team team = this.books.team();
		Instant from = this.clock.instant().plusSeconds(3).truncatedTo(ChronoUnit.SECONDS);
		BigDecimal price = BigDecimal.valueOf(2_000_000 + from.getEpochSecond() % 1_000_000, 6);
		this.books.finance(HttpMethod.POST, "/v1/admin/prices", """
				{"model": "wan2.6-flash", "mode": "r2v", "resolution": "720p", "audio": false, "unit_price": "%s",
				 "effective_from": %d}""".formatted(price.toPlainString(), from.getEpochSecond()))
			.expectStatus()
			.isCreated();
		await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20)).until(() -> {
			this.gateway.post(team.key(), "/v1/videos/generations", REFERENCE).expectStatus().isOk();
			return this.clock.instant().isAfter(from.plusMillis(500));
		});
		List<Accepted> accepted = this.jdbc
			.sql("""
					select created_at, unit_price, maximum_cost from generation where team_id = :team order by created_at""")
			.param("team", team.number())
			.query((row, _) -> new Accepted(row.getObject("created_at", OffsetDateTime.class).toInstant(),
					row.getBigDecimal("unit_price"), row.getBigDecimal("maximum_cost")))
			.list();
		assertThat(accepted.getFirst().at()).isBefore(from);
		assertThat(accepted.getLast().at()).isAfter(from);
		assertThat(accepted).allSatisfy((task) -> {
			assertThat(task.unitPrice().compareTo(price) == 0).isEqualTo(!task.at().isBefore(from));
			assertThat(task.held()).isEqualByComparingTo(task.unitPrice().multiply(BigDecimal.valueOf(5)));
		});
	}

	private record Accepted(Instant at, BigDecimal unitPrice, BigDecimal held) {
	}

}
