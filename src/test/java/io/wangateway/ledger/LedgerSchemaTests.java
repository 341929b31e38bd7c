package io.wangateway.ledger;

import java.util.UUID;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What the database itself refuses, whoever asks. */
@BooksTest
class LedgerSchemaTests {

	private static final String AGAIN = """
			insert into ledger_entry (generation_id, team_id, livemode, kind, number, amount, month, posted_at, reason)
			select generation_id, team_id, livemode, kind, number, amount, month, posted_at, reason
			""";

	@Autowired
	TestBooks books;

	@Autowired
	JdbcClient jdbc;

	@ParameterizedTest
	@ValueSource(strings = { "update ledger_entry set amount = 0 where generation_id = :id",
			"update ledger_entry set amount = amount where generation_id = :id",
			"delete from ledger_entry where generation_id = :id", "truncate ledger_entry cascade",
			AGAIN + "from ledger_entry where generation_id = :id and kind = 'hold'",
			AGAIN + "from ledger_entry where generation_id = :id and kind = 'charge'",
			AGAIN + "from ledger_entry where generation_id = :id and kind = 'release'",
			"insert into ledger_entry (generation_id, team_id, livemode, kind, number, amount, month, posted_at) "
					+ "select generation_id, team_id, livemode, 'charge', 2, 1, month, posted_at "
					+ "from ledger_entry where generation_id = :id and kind = 'hold'",
			"insert into ledger_entry (generation_id, team_id, livemode, kind, amount, month, posted_at) "
					+ "select generation_id, team_id, livemode, 'adjustment', 1, month, posted_at "
					+ "from ledger_entry where generation_id = :id and kind = 'hold'",
			"update account set held = -1 where team_id = (select team_id from generation where id = :id)",
			"update generation set charged = maximum_cost + 1 where id = :id" })
	void booksAreNeitherChangedNorPostedTwice(String sql) {
		UUID id = this.books.complete(this.books.accept(this.books.team()), 4);
		String before = entries(id);
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> {
			JdbcClient.StatementSpec statement = this.jdbc.sql(sql);
			(sql.contains(":id") ? statement.param("id", id) : statement).update();
		});
		assertThat(entries(id)).isEqualTo(before);
	}

	private String entries(UUID id) {
		return this.jdbc.sql(
				"select string_agg(kind || ' ' || amount, ', ' order by id) from ledger_entry where generation_id = :id")
			.param("id", id)
			.query(String.class)
			.single();
	}

}
