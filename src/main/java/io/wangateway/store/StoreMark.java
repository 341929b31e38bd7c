package io.wangateway.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The mark by which a folder is known to be the store: a file whose content the database
 * knows. A folder without it is a mount point whose disk is away, or a folder that this
 * replica does not share with the others; nothing may be written there, and what is not
 * found there is not lost.
 */
@Component
class StoreMark {

	static final String NAME = "store.id";

	private final JdbcClient jdbc;

	StoreMark(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Return the mark, after putting it into the folder if no folder has it yet.
	 * @param folder the folder that is to be the store
	 * @return the content of the file
	 * @throws IOException if the folder can't be written to
	 */
	@Transactional
	public String settle(Path folder) throws IOException {
		this.jdbc.sql("insert into store_mark (mark) values (:mark) on conflict do nothing")
			.param("mark", UUID.randomUUID())
			.update();
		Mark mark = this.jdbc.sql("select mark, settled from store_mark for update").query(Mark.class).single();
		if (!mark.settled()) {
			Files.createDirectories(folder);
			Files.writeString(folder.resolve(NAME), mark.mark().toString());
			this.jdbc.sql("update store_mark set settled = true").update();
		}
		return mark.mark().toString();
	}

	/**
	 * The mark on record.
	 *
	 * @param mark the content of the file
	 * @param settled whether a folder has it
	 */
	record Mark(UUID mark, boolean settled) {
	}

}
