package io.wangateway.usage;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/**
 * A report, as callers see it.
 *
 * @param startTime the first moment that counts
 * @param endTime the first moment that counts no more
 * @param tz where days and months are cut
 * @param books whether that is the zone of the books, so that months are those of the
 * books
 * @param bucketWidth how long the buckets are, absent where there is one
 * @param groupBy the dimensions that tell the rows of a bucket apart
 * @param currency of all amounts
 * @param data the rows, by bucket and group
 * @param total the sums over all rows, on this page or not
 * @param hasMore whether rows follow on another page
 * @param lastId what to ask for that page with, absent where there is none
 */
@JsonPropertyOrder({ "object", "start_time", "end_time", "tz", "books", "bucket_width", "group_by", "currency", "data",
		"total", "has_more", "last_id" })
record UsageReport(Instant startTime, Instant endTime, String tz, boolean books, @Nullable BucketWidth bucketWidth,
		List<String> groupBy, String currency, List<UsageRow> data, Figures total, boolean hasMore,
		@Nullable String lastId) {

	/** The kind of JSON object this is. */
	public String getObject() {
		return "usage.report";
	}

}
