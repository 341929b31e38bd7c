package io.wangateway.finance;

import java.util.List;

import io.wangateway.web.CsvWriter;

/** How charges are laid out in a CSV. */
interface ChargeSheet {

	/** The names of the columns. */
	List<String> columns();

	/** Write the cells of a line and end it. */
	void write(CsvWriter csv, ChargeRow charge);

}
