package io.wangateway.operations;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.wangateway.web.ApiException;
import io.wangateway.web.Paging;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds generations by words of their prompts and error messages: block by block, and one
 * by one among those that were accepted or failed just now.
 */
@Component
class TextSearch {

	/** The most blocks that are read at a time. */
	private static final int MOST_BLOCKS = 32;

	private static final int FETCH_SIZE = 2000;

	/** Ids as PostgreSQL orders them. */
	private static final Comparator<UUID> ORDER = Comparator.comparing(UUID::toString);

	private final JdbcClient jdbc;

	TextSearch(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Return the ids of a page and one more, in a transaction in which nothing moves.
	 * @param filter what is looked for
	 * @param conditions the same as SQL, without the text
	 * @param few whether few tasks meet the conditions, so that they may all be read
	 * @param paging which page
	 */
	List<UUID> ids(TaskFilter filter, TaskConditions conditions, boolean few, Paging paging) {
		Words words = Words.of(filter.q());
		if (words.isEmpty()) {
			throw ApiException.invalid("q", "q must have a word or a number that is looked for");
		}
		Comparator<UUID> order = paging.isDescending() ? ORDER.reversed() : ORDER;
		if (few) {
			return matching(words, conditions, "true", Map.of()).stream().sorted(order).limit(paging.fetch()).toList();
		}
		useTheIndex();
		List<UUID> found = new ArrayList<>(unblocked(words, conditions));
		List<Block> blocks = blocks(words, conditions, paging.isDescending());
		int read = 0;
		while (read < blocks.size() && !isComplete(found, paging.fetch(), blocks.get(read).front(), order)) {
			List<Block> next = blocks.subList(read, Math.min(blocks.size(), read + Math.clamp(read, 1, MOST_BLOCKS)));
			found.addAll(matching(words, conditions, "g.id = any (:ids)", Map.of("ids", idsOf(next))));
			read += next.size();
		}
		return found.stream().distinct().sorted(order).limit(paging.fetch()).toList();
	}

	/**
	 * The words lie outside of their small table. The planner does not reckon with that,
	 * and would read them all.
	 */
	private void useTheIndex() {
		this.jdbc.sql("select set_config('enable_seqscan', 'off', true)").query(String.class).single();
	}

	/**
	 * Whether what is still to be read has nothing that would come before what was found.
	 */
	private static boolean isComplete(List<UUID> found, int wanted, UUID front, Comparator<UUID> order) {
		return found.stream().filter((id) -> order.compare(id, front) <= 0).count() >= wanted;
	}

	/**
	 * Return the blocks with all the words, those first that may have the first tasks.
	 */
	private List<Block> blocks(Words words, TaskConditions conditions, boolean descending) {
		Map<String, Object> parameters = new HashMap<>(conditions.parameters());
		String bounds = parameters.containsKey("after") ? descending ? "oldest < :after" : "newest > :after" : "true";
		return this.jdbc.sql("""
				select id, %s as front
				  from text_block
				 where words @> :words and newest >= :firstId and oldest < :lastId and %s
				 order by 2 %s""".formatted(descending ? "newest" : "oldest", bounds, descending ? "desc" : "asc"))
			.params(parameters)
			.param("words", words.needed().toArray(Integer[]::new))
			.query((row, _) -> new Block(row.getLong(1), row.getObject(2, UUID.class)))
			.list();
	}

	private UUID[] idsOf(List<Block> blocks) {
		return this.jdbc.sql("select unnest(ids) from text_block where id = any (:blocks)")
			.param("blocks", blocks.stream().map(Block::id).toArray(Long[]::new))
			.query(UUID.class)
			.list()
			.toArray(UUID[]::new);
	}

	/** The array keeps the planner from joining all tasks of the time with these few. */
	private List<UUID> unblocked(Words words, TaskConditions conditions) {
		return matching(words, conditions, "g.id = any (array(select u.id from unblocked_generation u where %s))"
			.formatted(conditions.ids("u.id")), Map.of());
	}

	/**
	 * Read texts one after another, since there may be many until blocks are made of
	 * them.
	 */
	private List<UUID> matching(Words words, TaskConditions conditions, String source, Map<String, ?> more) {
		List<UUID> matching = new ArrayList<>();
		this.jdbc.sql("""
				select g.id, g.request ->> 'prompt' as prompt, g.error_message, g.upstream_message
				  from generation_record g
				 where %s and %s""".formatted(source, conditions.sql()))
			.withFetchSize(FETCH_SIZE)
			.params(conditions.parameters())
			.params(more)
			.query((row) -> {
				Text text = Text.of(row);
				if (text.has(words)) {
					matching.add(text.id());
				}
			});
		return matching;
	}

	/**
	 * A block that may have what is looked for.
	 *
	 * @param id its number
	 * @param front the first id that it may have, in the order asked for
	 */
	record Block(long id, UUID front) {
	}

}
