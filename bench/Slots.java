import java.util.List;

/**
 * With a backlog and an account's real limits: which share of its slots is busy, and how
 * soon after an end was known the next task is claimed for the slot.
 */
final class Slots {

	private static final int SLOTS = 5;

	private static final int SPACING_MILLIS = 230;

	static void main() throws Exception {
		int tasks = Integer.parseInt(System.getenv().getOrDefault("BENCH_TASKS", "200"));
		try (Rig rig = new Rig("slots", List.of("--gateway.sandbox.timings.run=8s"), List.of())) {
			rig.ask(rig.keys("team", 1).getFirst(), tasks, Accept.VIDEO);
			rig.await("select count(*) from generation where charged is null", 0);
			rig.database().query("""
					with held as (
					    select a.claimed_at as since, g.ended_at as until
					      from generation g join attempt a on a.id = g.attempt),
					span as (
					    -- While there was a backlog: from when all slots were first taken until the last claim.
					    select (select since from held order by since offset %1$d limit 1) as since,
					           (select max(since) from held) as until)
					select 100 * sum(extract(epoch from least(h.until, s.until) - greatest(h.since, s.since)))
					           / %1$d / extract(epoch from max(s.until) - max(s.since))
					  from held h, span s
					 where h.until > s.since and h.since < s.until""".formatted(SLOTS), (row) -> {
				System.out.printf("%d tasks: %.1f %% of the slots busy while there was a backlog%n", tasks,
						row.getDouble(1));
				return row;
			});
			rig.database().query("""
					with freed as (
					    select ended_at, row_number() over (order by ended_at) as number from generation),
					claim as (
					    select a.claimed_at, row_number() over (order by a.claimed_at) as number,
					           lag(a.claimed_at) over (order by a.claimed_at) as before
					      from attempt a join generation g on g.attempt = a.id),
					gap as (
					    select extract(epoch from claim.claimed_at - freed.ended_at) * 1000 as whole,
					           -- Two submissions are so far apart, whatever is free.
					           greatest(0, extract(epoch from claim.claimed_at
					               - greatest(freed.ended_at, claim.before + interval '%2$d milliseconds'))) * 1000 as own
					      from freed join claim on claim.number = freed.number + %1$d)
					select percentile_cont(array[0.5, 0.99, 1]) within group (order by whole),
					       percentile_cont(array[0.5, 0.99, 1]) within group (order by own) from gap"""
				.formatted(SLOTS, SPACING_MILLIS), (row) -> {
				System.out.printf("ms from a known end to the next claim (p50, p99, max): %s; of it not for the pace: %s%n",
						rounded(row.getString(1)), rounded(row.getString(2)));
				return row;
			});
			System.out.printf("%d attempts that were not accepted%n",
					rig.database().number("select count(*) from attempt where outcome <> 'accepted'"));
		}
	}

	private static String rounded(String array) {
		return array.replaceAll("(\\.\\d)\\d+", "$1");
	}

}
