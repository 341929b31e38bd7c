package io.wangateway.generation;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

import io.wangateway.TestGateway;
import io.wangateway.ledger.BooksCheck;
import io.wangateway.ledger.BooksTest;
import io.wangateway.ledger.TestBooks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** What is left of a task long after its end. */
@BooksTest
class ErasureTests {

	@Autowired
	TestBooks books;

	@Autowired
	TestGateway gateway;

	@Autowired
	Erasure erasure;

	@Autowired
	BooksCheck check;

	@Autowired
	JdbcClient jdbc;

	@AfterEach
	void resume() {
		this.books.resume();
		this.jdbc.sql("update erased_until set until = 'epoch'").update();
	}

	@Test
	void wordsAreErasedAfterNinetyDaysAndTheBooksStay() {
		TestBooks.Team team = this.books.team();
		UUID old = this.books.complete(this.books.accept(team), 5);
		UUID running = this.books.accept(team);
		this.books.standAt(Instant.now().plus(89, ChronoUnit.DAYS));
		this.erasure.erase();
		assertThat(task(team, old).get("request").get("image_urls").toString()).contains("cat.png");
		this.books.standAt(Instant.now().plus(91, ChronoUnit.DAYS));
		this.erasure.erase();
		JsonNode erased = task(team, old);
		assertThat(erased.get("request")).isNull();
		assertThat(erased.at("/usage/cost").stringValue()).isEqualTo("2.50");
		assertThat(erased.at("/usage/explanation").stringValue()).isNotEmpty();
		assertThat(left("select request::text from generation_content where generation_id = :id", old))
			.isEqualTo("null");
		assertThat(left("select count(*)::text from generation_step where generation_id = :id", old)).isEqualTo("0");
		assertThat(left("select video_url from generation where id = :id", old)).isEmpty();
		assertThat(task(team, running).get("request").get("image_urls").toString()).contains("cat.png");
		assertThat(this.check.differences()).isEmpty();
	}

	@Test
	void attemptsGoWithTheTimelineAndIdempotencyRecordsAfterADay() {
		TestBooks.Team team = this.books.team();
		UUID old = this.books.complete(this.books.accept(team), 5);
		this.jdbc
			.sql("""
					insert into idempotency_record (team_id, livemode, idempotency_key, request_hash, generation_id, created_at)
					select team_id, livemode, id::text, '\\x00', id, now() from generation where id = :id""")
			.param("id", old)
			.update();
		this.jdbc.sql("""
				insert into attempt (generation_id, lane, replica, claimed_at, gave_up_at, outcome)
				select id, lane, 'test', now(), now(), 'accepted' from generation where id = :id""")
			.param("id", old)
			.update();
		this.books.standAt(Instant.now().plus(24, ChronoUnit.HOURS));
		this.erasure.sweepIdempotencyRecords();
		assertThat(left("select count(*)::text from idempotency_record where generation_id = :id", old)).isEqualTo("1");
		this.books.standAt(Instant.now().plus(26, ChronoUnit.HOURS));
		this.erasure.sweepIdempotencyRecords();
		assertThat(left("select count(*)::text from idempotency_record where generation_id = :id", old)).isEqualTo("0");
		this.books.standAt(Instant.now().plus(91, ChronoUnit.DAYS));
		this.erasure.erase();
		assertThat(left("select count(*)::text from attempt where generation_id = :id", old)).isEqualTo("0");
	}

	private JsonNode task(TestBooks.Team team, UUID id) {
		return TestGateway.json(this.gateway.get(team.key(), "/v1/videos/generations/" + new GenerationId(id)));
	}

	private String left(String sql, UUID id) {
		return this.jdbc.sql(sql).param("id", id).query((row, _) -> String.valueOf(row.getString(1))).single();
	}

}
