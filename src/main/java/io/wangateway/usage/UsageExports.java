package io.wangateway.usage;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import io.wangateway.team.TeamId;
import io.wangateway.usage.UsageRow.Named;

import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writes whole reports to files. Everything in a file is of one moment.
 */
@Component
class UsageExports {

	private static final int MAX_SHEET_NAME = 31;

	private final UsageReports reports;

	UsageExports(UsageReports reports) {
		this.reports = reports;
	}

	/**
	 * Write a report as CSV.
	 * @param query which; all its rows are written
	 * @param mark whether to begin with a byte order mark
	 * @param out where to
	 * @throws IOException if it can't be written
	 */
	@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ, rollbackFor = IOException.class)
	public void csv(UsageQuery query, boolean mark, OutputStream out) throws IOException {
		new CsvReport(this.reports).write(query, mark, out);
	}

	/**
	 * Write a report as a workbook.
	 * @param query which; all its rows are written
	 * @param byTeam whether a sheet for each team follows the one of them all
	 * @param out where to
	 * @throws IOException if it can't be written
	 */
	@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ, rollbackFor = IOException.class)
	public void xlsx(UsageQuery query, boolean byTeam, OutputStream out) throws IOException {
		XlsxReport report = new XlsxReport(this.reports, out);
		report.sheet("Usage", query);
		if (byTeam) {
			Set<String> taken = new TreeSet<>(List.of("usage"));
			for (Named team : this.reports.teams(query)) {
				report.sheet(sheetName(team, taken), query.of((TeamId) team.id()));
			}
		}
		report.finish();
	}

	/**
	 * Excel refuses some characters, names longer than 31, and names that differ by case
	 * only.
	 */
	private static String sheetName(Named team, Set<String> taken) {
		String name = team.name().replaceAll("[\\[\\]:*?/\\\\]", " ").replaceAll("^'|'$", " ").strip();
		String kept = shortened(name, MAX_SHEET_NAME);
		if (kept.isEmpty() || !taken.add(kept.toLowerCase(Locale.ROOT))) {
			String id = team.id().toString();
			kept = (shortened(name, MAX_SHEET_NAME - id.length() - 1) + " " + id).strip();
			taken.add(kept.toLowerCase(Locale.ROOT));
		}
		return kept;
	}

	private static String shortened(String name, int most) {
		return (name.length() > most) ? name.substring(0, most).strip() : name;
	}

}
