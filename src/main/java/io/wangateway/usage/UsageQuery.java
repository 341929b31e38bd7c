package io.wangateway.usage;

import java.util.List;

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

	/** Whether labels of tasks matter. */
	boolean isByLabel() {
		return this.groupBy.stream().anyMatch(Dimension::isLabel) || this.selection.isByLabel();
	}

}
