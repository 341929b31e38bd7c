package io.wangateway.finance;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import io.wangateway.generation.GenerationId;
import io.wangateway.pricing.Money;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Compares Alibaba's bill with what we charged. A task counts on the day on which it
 * ended by upstream's clock, as in the bill, even if it was settled on the next one.
 * Corrections that people posted are between us and our teams, and left out.
 */
@Component
class BillComparison {

	/** How much later than upstream's end a task may have been settled, with a margin. */
	private static final String SPAN = """
			with span as (
			    select cast(:month as timestamp) at time zone 'Asia/Shanghai' as begin,
			           (cast(:month as timestamp) + interval '1 month') at time zone 'Asia/Shanghai' as end
			)
			""";

	private final JdbcClient jdbc;

	BillComparison(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Compare the bill of a month.
	 * @param month which
	 * @return the comparison, unless no bill was imported
	 */
	@Transactional(readOnly = true)
	Optional<ComparedBill> of(YearMonth month) {
		return this.jdbc.sql("select * from bill where month = :month")
			.param("month", month.atDay(1))
			.query((row, _) -> compared(month, row))
			.optional();
	}

	private ComparedBill compared(YearMonth month, ResultSet bill) throws SQLException {
		List<BilledDay> days = days(month);
		List<ComparedBill.Day> shown = days.stream().map((day) -> day.compared(days)).toList();
		Money billed = days.stream().map(BilledDay::billed).reduce(Money.ZERO, Money::plus);
		Money charged = days.stream().map(BilledDay::charged).reduce(Money.ZERO, Money::plus);
		return new ComparedBill(month, bill.getObject("imported_at", OffsetDateTime.class).toInstant(),
				bill.getString("imported_by"), HexFormat.of().formatHex(bill.getBytes("sha256")), bill.getInt("lines"),
				bill.getInt("other_lines"), new Money(bill.getBigDecimal("other_amount")),
				shown.stream().allMatch((day) -> day.likelyCauses().isEmpty()), Money.CURRENCY, billed, charged,
				billed.minus(charged), shown, open(month, "LOST"), open(month, "IN_DOUBT"), unclaimed(month));
	}

	private List<BilledDay> days(YearMonth month) {
		return this.jdbc
			.sql(SPAN
					+ """
							, made as (
							    select (coalesce(g.upstream_ended_at, g.ended_at) at time zone 'Asia/Shanghai')::date as day,
							           g.upstream_model, g.charged + coalesce(g.excess, 0) as amount, g.billed_seconds as seconds
							      from span
							      join billed_generation g on g.ended_at >= span.begin - interval '1 hour'
							                              and g.ended_at < span.end + interval '2 days'
							     where g.livemode and g.state = 'SUCCEEDED'
							       and coalesce(g.upstream_ended_at, g.ended_at) >= span.begin
							       and coalesce(g.upstream_ended_at, g.ended_at) < span.end
							), side as (
							    select day, upstream_model, amount as billed, seconds as billed_seconds, lines, 0 as charged,
							           0 as charged_seconds, 0 as tasks, 0 as lost, 0 as in_doubt, 0 as unclaimed
							      from bill_day
							     where month = :month
							     union all
							    select day, upstream_model, 0, 0, 0, amount, seconds, 1, 0, 0, 0 from made
							     union all
							    select (g.submitted_at at time zone 'Asia/Shanghai')::date, g.upstream_model, 0, 0, 0, 0, 0, 0, 1, 0, 0
							      from span
							      join billed_generation g on g.submitted_at >= span.begin and g.submitted_at < span.end
							     where g.livemode and g.state = 'LOST'
							     union all
							    select (g.created_at at time zone 'Asia/Shanghai')::date, g.upstream_model, 0, 0, 0, 0, 0, 0, 0, 1, 0
							      from span
							      join billed_generation g on g.created_at >= span.begin and g.created_at < span.end
							     where g.livemode and g.state = 'IN_DOUBT'
							     union all
							    select (u.upstream_created_at at time zone 'Asia/Shanghai')::date, u.upstream_model,
							           0, 0, 0, 0, 0, 0, 0, 0, 1
							      from span
							      join unclaimed_upstream_task u on u.upstream_created_at >= span.begin
							                                    and u.upstream_created_at < span.end
							     where u.ended is distinct from 'FAILED'
							)
							select day, upstream_model, sum(billed) as billed, sum(lines) as lines,
							       case when bool_and(billed_seconds is not null) then sum(billed_seconds) end as billed_seconds,
							       sum(charged) as charged, sum(charged_seconds) as charged_seconds, sum(tasks) as tasks,
							       sum(lost) as lost, sum(in_doubt) as in_doubt, sum(unclaimed) as unclaimed
							  from side
							 group by day, upstream_model
							having sum(lines) > 0 or sum(tasks) > 0
							 order by day, upstream_model""")
			.param("month", month.atDay(1))
			.query((row, _) -> new BilledDay(row.getObject("day", LocalDate.class), row.getString("upstream_model"),
					new Money(row.getBigDecimal("billed")), row.getBigDecimal("billed_seconds"), row.getInt("lines"),
					new Money(row.getBigDecimal("charged")), row.getBigDecimal("charged_seconds"), row.getInt("tasks"),
					row.getInt("lost"), row.getInt("in_doubt"), row.getInt("unclaimed")))
			.list();
	}

	private List<ComparedBill.OpenTask> open(YearMonth month, String state) {
		return this.jdbc.sql(SPAN + """
				select g.id, g.upstream_model, g.maximum_cost, g.charged,
				       (coalesce(g.submitted_at, g.created_at) at time zone 'Asia/Shanghai')::date as day
				  from span
				  join billed_generation g on coalesce(g.submitted_at, g.created_at) >= span.begin
				                          and coalesce(g.submitted_at, g.created_at) < span.end
				 where g.livemode and g.state = :state
				 order by g.id
				 limit 100""")
			.param("month", month.atDay(1))
			.param("state", state)
			.query((row, _) -> new ComparedBill.OpenTask(new GenerationId(row.getObject("id", UUID.class)),
					row.getString("upstream_model"), row.getObject("day", LocalDate.class),
					new Money(row.getBigDecimal("maximum_cost")), moneyOrNull(row.getBigDecimal("charged"))))
			.list();
	}

	private List<ComparedBill.UpstreamTask> unclaimed(YearMonth month) {
		return this.jdbc
			.sql(SPAN
					+ """
							select u.upstream_task_id, u.upstream_model, u.ended, u.seconds,
							       (u.upstream_created_at at time zone 'Asia/Shanghai')::date as day
							  from span
							  join unclaimed_upstream_task u on u.upstream_created_at >= span.begin and u.upstream_created_at < span.end
							 order by u.upstream_created_at
							 limit 100""")
			.param("month", month.atDay(1))
			.query((row, _) -> new ComparedBill.UpstreamTask(row.getString("upstream_task_id"),
					row.getString("upstream_model"), row.getObject("day", LocalDate.class), row.getString("ended"),
					PlainChargeSheet.decimal(row.getBigDecimal("seconds"))))
			.list();
	}

	private static @Nullable Money moneyOrNull(@Nullable BigDecimal amount) {
		return (amount != null) ? new Money(amount) : null;
	}

}
