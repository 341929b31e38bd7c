package io.wangateway.dashscope;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The answer to a search of the task list: a {@link Page}, or {@link NoAnswer}.
 */
public sealed interface TaskListing permits TaskListing.Page, NoAnswer {

	/**
	 * One page of the list. The order of the tasks is not documented.
	 *
	 * @param tasks the tasks on it
	 * @param number the number of the page, from 1
	 * @param totalPages how many pages there are, 0 if there is no task
	 * @param total how many tasks there are on all pages
	 */
	record Page(List<ListedTask> tasks, int number, int totalPages, int total) implements TaskListing {

		public Page {
			tasks = List.copyOf(tasks);
		}

		/** Whether there is a page after this one. */
		public boolean hasNext() {
			return this.number < this.totalPages;
		}

	}

	/**
	 * A task as the list shows it: without its prompt and without its result.
	 *
	 * @param taskId the id to ask about it with
	 * @param model the upstream model
	 * @param status DashScope's word, such as {@code RUNNING}
	 * @param requestId the id of the request that made the task
	 * @param createdAt when it was taken
	 * @param startedAt when it was begun, if it was
	 * @param endedAt when it ended, if it did
	 */
	record ListedTask(String taskId, @Nullable String model, @Nullable String status, @Nullable String requestId,
			@Nullable Instant createdAt, @Nullable Instant startedAt, @Nullable Instant endedAt) {
	}

}
