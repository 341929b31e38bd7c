package io.wangateway.usage;

import java.util.List;

/**
 * A month of a team as a person reads it. Amounts are rounded to the fen, and what is
 * shown in one form is shown in every other.
 *
 * @param title what it is
 * @param facts what it is about, line by line
 * @param remark what could have been saved, empty where nothing could
 * @param tables the figures
 */
record Statement(String title, List<String> facts, String remark, List<Table> tables) {

	/**
	 * Figures with a heading.
	 *
	 * @param title the heading
	 * @param columns what stands above each column
	 * @param texts how many of the columns, from the left, hold words and not figures
	 * @param rows the lines
	 * @param total the last line, empty where there is nothing to add up
	 */
	record Table(String title, List<String> columns, int texts, List<List<String>> rows, List<String> total) {
	}

}
