package io.wangateway.usage;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.wangateway.team.TeamId;
import io.wangateway.usage.Dimension.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Which report is asked for.
 *
 * @param selection which tasks count
 * @param time when they were settled, and how that time is cut
 * @param groupBy what tells the rows of a bucket apart
 * @param limit how many rows to return at most
 * @param after behind which row to begin, or {@code null} for the first
 */
record UsageQuery(Selection selection, TimeAxis time, List<Dimension> groupBy, int limit, @Nullable RowKey after) {

	/** Return the query for the one row that is the total. */
	UsageQuery total() {
		return new UsageQuery(this.selection, this.time.whole(), List.of(), 1, null);
	}

	/** Return the query for one team's share. */
	UsageQuery of(TeamId team) {
		return new UsageQuery(new Selection(team, this.selection.livemode(), this.selection.filters()), this.time,
				this.groupBy, this.limit, null);
	}

	/** Return the query over the whole time, by other dimensions. */
	UsageQuery over(String... dimensions) {
		return new UsageQuery(this.selection, this.time.whole(),
				Arrays.stream(dimensions).map((name) -> Dimension.of(name).orElseThrow()).toList(), this.limit, null);
	}

	/** What must be told apart to answer it. */
	Set<Dimension> told() {
		Set<Dimension> told = new LinkedHashSet<>(this.groupBy);
		told.addAll(this.selection.filters().keySet());
		if (this.selection.team() != null) {
			told.add(Dimension.TEAM);
		}
		return told;
	}

	/** What that is about. */
	Set<Kind> kinds() {
		return told().stream().map(Dimension::kind).collect(Collectors.toSet());
	}

	/** Whether labels of tasks matter. */
	boolean isByLabel() {
		return kinds().contains(Kind.LABEL);
	}

}
