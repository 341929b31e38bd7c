package io.wangateway.usage;

import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * One bucket and group of a report.
 *
 * @param key what tells it from other rows
 * @param startTime the first moment of the bucket
 * @param endTime the first moment after the bucket
 * @param group the value of each dimension of the grouping by its name, without those
 * that do not apply, such as the model of a correction that is about no task
 * @param figures the sums
 */
@JsonPropertyOrder({ "start_time", "end_time" })
record UsageRow(@JsonIgnore RowKey key, Instant startTime, Instant endTime, @JsonAnyGetter Map<String, Object> group,
		@JsonUnwrapped Figures figures) {

	/**
	 * A team or a key in a report.
	 *
	 * @param id its id, as callers write it
	 * @param name what people call it now
	 */
	record Named(Object id, String name) {
	}

}
