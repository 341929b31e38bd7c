package io.wangateway.usage;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import io.wangateway.generation.GenerationId;
import io.wangateway.ledger.Books;
import io.wangateway.ledger.Ledger;
import io.wangateway.pricing.Money;
import io.wangateway.team.TeamId;
import io.wangateway.usage.Statement.Table;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Puts together the monthly statements of teams. That of a closed month shows the same
 * for ever.
 */
@Component
class Statements {

	private static final List<String> FIGURES = List.of("Tasks", "Completed", "Seconds billed", "Charged\u00a0¥",
			"Corrections\u00a0¥", "Net\u00a0¥");

	private final UsageReports reports;

	private final StatementFigures figures;

	private final ClosedMonths closedMonths;

	private final JdbcClient jdbc;

	private final Ledger ledger;

	private final ZoneId zone;

	Statements(UsageReports reports, StatementFigures figures, ClosedMonths closedMonths, JdbcClient jdbc,
			Ledger ledger, Books books) {
		this.reports = reports;
		this.figures = figures;
		this.closedMonths = closedMonths;
		this.jdbc = jdbc;
		this.ledger = ledger;
		this.zone = books.zone();
	}

	/**
	 * Make a statement.
	 * @param team whose
	 * @param livemode whether of what cost money, or of the sandbox
	 * @param month which; that it is now is shown as far as it has got
	 * @return the statement, unless there is no such team or the month has not begun
	 */
	@Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
	public Optional<Statement> of(TeamId team, boolean livemode, YearMonth month) {
		Range range = Range.of(month, this.zone);
		YearMonth closed = this.closedMonths.around(range).orElse(null);
		Optional<Named> named = name(team, closed);
		if (named.isEmpty() || range.start().isAfter(this.ledger.now())) {
			return Optional.empty();
		}
		UsageQuery query = new UsageQuery(new Selection(team, livemode, Map.of()),
				TimeAxis.of(range, this.zone, BucketWidth.DAY), List.of(), Integer.MAX_VALUE, null);
		Figures total = this.reports.total(query);
		List<String> facts = new ArrayList<>();
		facts.add("Team: " + named.get().name() + " (" + team + ")");
		named.get().costCenter().ifPresent((costCenter) -> facts.add("Cost center: " + costCenter));
		facts.add("Month: %s, in the time of %s, %s".formatted(month, this.zone,
				(closed != null) ? "closed" : "still open: figures may change"));
		if (!livemode) {
			facts.add("Sandbox: nothing of this is billed to anybody");
		}
		facts.add("Net: ¥" + total.net().rounded());
		if (total.held().isPositive()) {
			facts.add("Held for tasks that have not ended: ¥" + total.held().rounded());
		}
		return Optional.of(new Statement("Statement of %s for %s".formatted(named.get().name(), month), facts,
				remark(total, this.figures.defaults(team, livemode, range)), tables(query, total)));
	}

	private List<Table> tables(UsageQuery query, Figures total) {
		TeamId team = query.selection().teamId();
		boolean livemode = query.selection().livemode();
		Range range = query.time().range();
		List<String> sums = figures("Total", total);
		return List.of(
				new Table("By mode, resolution and sound", columns("Product"), 1,
						rows(query.over("mode", "resolution", "audio"), Statements::product), sums),
				new Table("By day", columns("Day"), 1,
						rows(query, (row) -> row.startTime().atZone(this.zone).toLocalDate().toString()), sums),
				new Table("What the dearest labels cost", List.of("Label", "Value", "Tasks", "Net\u00a0¥"), 2,
						this.figures.topLabels(team, livemode, range)
							.stream()
							.map((label) -> List.of(label.name(), label.value(), String.valueOf(label.tasks()),
									label.net().rounded()))
							.toList(),
						List.of()),
				new Table("Failed and cancelled tasks, which cost nothing", List.of("Reason", "Tasks", "Cost\u00a0¥"),
						1,
						this.figures.failures(team, livemode, range)
							.stream()
							.map((failure) -> List.of(failure.code(), String.valueOf(failure.tasks()),
									Money.ZERO.rounded()))
							.toList(),
						List.of()),
				new Table("Corrections", List.of("Posted", "Task", "Reason", "Amount\u00a0¥"), 3,
						this.figures.corrections(team, livemode, range).stream().map(this::correction).toList(),
						List.of()));
	}

	private static List<String> columns(String first) {
		return Stream.concat(Stream.of(first), FIGURES.stream()).toList();
	}

	private List<List<String>> rows(UsageQuery query, Function<UsageRow, String> name) {
		List<List<String>> rows = new ArrayList<>();
		this.reports.forEach(query, (row) -> rows.add(figures(name.apply(row), row.figures())));
		return rows;
	}

	private static List<String> figures(String name, Figures figures) {
		return List.of(name, String.valueOf(figures.tasks()), String.valueOf(figures.completed()),
				figures.secondsBilled(), figures.net().minus(figures.adjusted()).rounded(),
				figures.adjusted().rounded(), figures.net().rounded());
	}

	private static String product(UsageRow row) {
		Object mode = row.group().get("mode");
		return (mode == null) ? "no task in particular" : "%s, %s, %s".formatted(mode, row.group().get("resolution"),
				Boolean.TRUE.equals(row.group().get("audio")) ? "with sound" : "silent");
	}

	private List<String> correction(StatementFigures.Correction correction) {
		return List.of(correction.posted().atZone(this.zone).toLocalDate().toString(),
				(correction.task() != null) ? new GenerationId(correction.task()).toString() : "", correction.reason(),
				correction.amount().rounded());
	}

	private static String remark(Figures total, Optional<StatementFigures.Defaults> defaults) {
		BigDecimal charged = total.net().minus(total.adjusted()).amount();
		return defaults.filter((_) -> charged.signum() > 0).map((known) -> {
			BigDecimal share = known.charged()
				.multiply(BigDecimal.valueOf(100))
				.divide(charged, 0, RoundingMode.HALF_UP);
			return ("1080p with sound, which is made where nothing else is asked for, is %s %% of the cost (¥%s); "
					+ "silent 720p would have been ¥%s.")
				.formatted(share, shown(known.charged()), shown(known.cheapest()));
		}).orElse("");
	}

	private static String shown(BigDecimal amount) {
		return new Money(amount).rounded();
	}

	private Optional<Named> name(TeamId team, @Nullable YearMonth closed) {
		JdbcClient.StatementSpec query = (closed != null)
				? this.jdbc.sql("select name, cost_center from closed_team where month = :month and team_id = :team")
					.param("month", closed.atDay(1))
				: this.jdbc.sql("select name, cost_center from known_team where id = :team");
		return query.param("team", team.value())
			.query((row, _) -> new Named(row.getString("name"), Optional.ofNullable(row.getString("cost_center"))))
			.optional();
	}

	private record Named(String name, Optional<String> costCenter) {
	}

}
