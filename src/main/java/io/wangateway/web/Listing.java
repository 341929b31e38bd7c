package io.wangateway.web;

import java.util.List;
import java.util.function.Function;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param <T> what is listed, as callers see it
 * @param data the entries
 * @param firstId the id of the first entry, {@code null} where there is none
 * @param lastId the id to ask for the next page with
 * @param hasMore whether a next page exists
 */
@JsonPropertyOrder({ "object", "data", "first_id", "last_id", "has_more" })
public record Listing<T>(List<T> data, @Nullable String firstId, @Nullable String lastId, boolean hasMore) {

	/**
	 * Make a page of what was found.
	 * @param <T> what is listed
	 * @param found up to {@link Paging#fetch()} entries, in the order asked for
	 * @param paging what was asked for
	 * @param id how to tell an entry's id
	 * @return the page
	 */
	public static <T> Listing<T> of(List<T> found, Paging paging, Function<T, String> id) {
		boolean hasMore = found.size() > paging.limit();
		List<T> data = hasMore ? found.subList(0, paging.limit()) : found;
		return new Listing<>(data, data.isEmpty() ? null : id.apply(data.getFirst()),
				data.isEmpty() ? null : id.apply(data.getLast()), hasMore);
	}

	/** The kind of JSON object this is. */
	public String getObject() {
		return "list";
	}

}
