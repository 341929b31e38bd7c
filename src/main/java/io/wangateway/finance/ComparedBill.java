package io.wangateway.finance;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonValue;
import io.wangateway.generation.GenerationId;
import io.wangateway.pricing.Money;
import org.jspecify.annotations.Nullable;

/**
 * Alibaba's bill of a month beside what we charged, by model and day of upstream's own
 * end time, in Beijing.
 *
 * @param month which
 * @param importedAt when the bill came
 * @param importedBy who brought it
 * @param sha256 of the file
 * @param lines how many it has
 * @param otherLines how many of them are about models that no lane of ours is for
 * @param otherAmount what those come to
 * @param ok whether there is no difference
 * @param currency always CNY
 * @param billed what Alibaba bills for our models
 * @param charged what we charged
 * @param difference what Alibaba bills more
 * @param days each model and day of either side
 * @param lost tasks of which nobody knows whether Alibaba billed them, 100 at most
 * @param inDoubt likewise, as their submission is not cleared up
 * @param unclaimed upstream tasks that no task of ours is known to have made, 100 at most
 */
@JsonPropertyOrder({ "object" })
record ComparedBill(YearMonth month, Instant importedAt, String importedBy, String sha256, int lines, int otherLines,
		Money otherAmount, boolean ok, String currency, Money billed, Money charged, Money difference, List<Day> days,
		List<OpenTask> lost, List<OpenTask> inDoubt, List<UpstreamTask> unclaimed) {

	/** The kind of JSON object this is. */
	public String getObject() {
		return "period.bill";
	}

	/**
	 * A model on a day.
	 *
	 * @param day in Beijing
	 * @param upstreamModel Alibaba's name of the model
	 * @param billed what Alibaba bills
	 * @param billedSeconds for how many seconds, absent where the bill does not say
	 * @param lines in how many lines
	 * @param charged what we charged
	 * @param chargedSeconds for how many seconds
	 * @param tasks for how many tasks
	 * @param difference what Alibaba bills more
	 * @param likelyCauses why that may be, empty without a difference
	 */
	record Day(LocalDate day, String upstreamModel, Money billed, @Nullable String billedSeconds, int lines,
			Money charged, String chargedSeconds, int tasks, Money difference, List<Cause> likelyCauses) {
	}

	/**
	 * A task whose cost is not known yet, or was decided.
	 *
	 * @param task its id
	 * @param upstreamModel Alibaba's name of its model
	 * @param day on which it was sent, in Beijing
	 * @param held the most that it can have cost
	 * @param charged what was decided when it was written off
	 */
	record OpenTask(GenerationId task, String upstreamModel, LocalDate day, Money held, @Nullable Money charged) {
	}

	/**
	 * A task that Alibaba has and we don't.
	 *
	 * @param upstreamTaskId Alibaba's id of it
	 * @param upstreamModel Alibaba's name of its model
	 * @param day on which it was made, in Beijing
	 * @param ended how it ended, absent where we don't know
	 * @param seconds what Alibaba says that it billed, absent where we don't know
	 */
	record UpstreamTask(String upstreamTaskId, String upstreamModel, LocalDate day, @Nullable String ended,
			@Nullable String seconds) {
	}

	/** Why Alibaba may bill something else than we charged. */
	enum Cause {

		/** It is less than half a fen for each line. */
		ROUNDING("rounding"),

		/** What is missing here is too much on the day before or after. */
		ANOTHER_DAY("another_day"),

		/** The seconds are the same. */
		UNIT_PRICE("unit_price"),

		/** Tasks of that day are lost, and may have been billed. */
		LOST_TASKS("lost_tasks"),

		/** Tasks of that day are in doubt, and may have been billed. */
		TASKS_IN_DOUBT("tasks_in_doubt"),

		/** Upstream has tasks of that day that nobody here made. */
		UNCLAIMED_UPSTREAM_TASKS("unclaimed_upstream_tasks"),

		/**
		 * Alibaba bills nothing at all, as for a free quota or in a bill that is not
		 * complete.
		 */
		NOT_ON_THE_BILL("not_on_the_bill"),

		/** Nothing that we know of explains it. */
		UNKNOWN("unknown");

		private final String code;

		Cause(String code) {
			this.code = code;
		}

		/** The cause as callers see it. */
		@JsonValue
		String code() {
			return this.code;
		}

	}

}
