package io.wangateway.dashscope;

/**
 * What came of one HTTP call.
 */
sealed interface Reply {

	/**
	 * A whole answer came, of whatever status.
	 *
	 * @param status the HTTP status
	 * @param fields the JSON object in it; no field at all if it was something else
	 * @param error the answer, seen as an error
	 */
	record Answer(int status, Fields fields, UpstreamError error) implements Reply {

		/** Whether the status is 2xx. */
		boolean isSuccess() {
			return this.status / 100 == 2;
		}

	}

	/**
	 * The other side cannot have got the request, and never will.
	 *
	 * @param error why not
	 */
	record NotSent(UpstreamError error) implements Reply {
	}

	/**
	 * The other side may have got the request, but no whole answer came.
	 *
	 * @param error what went wrong, with status and request id if the answer had begun
	 */
	record Broken(UpstreamError error) implements Reply {
	}

}
