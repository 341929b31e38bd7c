package io.wangateway.operations;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * What a search for text looks at.
 *
 * @param id of which generation
 * @param prompt what its team wrote, until it is erased
 * @param errorMessage why there is no video
 * @param upstreamMessage the same in upstream's words
 */
record Text(UUID id, @Nullable String prompt, @Nullable String errorMessage, @Nullable String upstreamMessage) {

	/** Read one of many: by hand, as there may be thousands. */
	static Text of(ResultSet row) throws SQLException {
		return new Text(row.getObject("id", UUID.class), row.getString("prompt"), row.getString("error_message"),
				row.getString("upstream_message"));
	}

	/** The numbers of its words, and of all pairs of neighbours. */
	Set<Integer> terms() {
		Set<Integer> terms = new HashSet<>();
		parts().forEach((part) -> terms.addAll(part.terms()));
		return terms;
	}

	/** Whether words stand in it, one after another. */
	boolean has(Words words) {
		return parts().anyMatch(words::areIn);
	}

	private Stream<Words> parts() {
		return Stream.of(Words.of(this.prompt), Words.of(this.errorMessage), Words.of(this.upstreamMessage));
	}

}
