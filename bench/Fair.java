import java.util.ArrayList;
import java.util.List;

/**
 * Ten teams with backlogs of very different sizes and weights of 1 to 3: Jain's index over
 * the seconds started per weight, while all of them wait; and how many starts of others a
 * team sees that comes late with one task.
 */
final class Fair {

	private static final int TEAMS = 10;

	static void main() throws Exception {
		int least = Integer.parseInt(System.getenv().getOrDefault("BENCH_TASKS", "120"));
		try (Rig rig = new Rig("fair",
				List.of("--gateway.sandbox.timings.pending=100ms", "--gateway.sandbox.timings.run=500ms",
						"--gateway.sandbox.timings.run-per-second=0s", "--gateway.sandbox.limits.submissions-per-second=0",
						"--gateway.sandbox.limits.queries-per-second=0"),
				List.of("--gateway.dashscope.submissions-per-second=50", "--gateway.dashscope.queries-per-second=50"))) {
			List<String> keys = new ArrayList<>();
			for (int team = 0; team < TEAMS; team++) {
				keys.add(rig.gateway().liveKey("team " + team, "", 1 + team % 3));
			}
			String late = rig.gateway().liveKey("late", "", 1);
			rig.database().execute("update lane set paused = true");
			for (int team = 0; team < TEAMS; team++) {
				rig.ask(keys.get(team), least * (1 + team % 3) + team * 20, Accept.VIDEO);
			}
			rig.database().execute("update lane set paused = false");
			rig.await("select least(count(*), 100) from attempt", 100);
			rig.ask(late, 1, Accept.VIDEO);
			rig.await("select count(*) from (select team_id from generation group by 1 having bool_and(state <> 'QUEUED')) t",
					2);
			report(rig);
		}
	}

	/** Up to the moment when the first team had nothing left to start. */
	private static void report(Rig rig) {
		rig.database().query("""
				with started as (
				    select g.team_id, t.name, t.weight, g.seconds, g.created_at, a.claimed_at
				      from generation g join team t on t.id = g.team_id join attempt a on a.id = g.attempt),
				over as (
				    select min(last) as at
				      from (select max(claimed_at) as last from started where name <> 'late' group by team_id
				            having count(*) = (select count(*) from generation g where g.team_id = started.team_id)) done),
				share as (
				    select team_id, sum(seconds)::float / max(weight) as service
				      from started, over where name <> 'late' and claimed_at < over.at group by team_id)
				select power(sum(service), 2) / (count(*) * sum(power(service, 2))), count(*),
				       (select count(*) from started s, started l
				         where l.name = 'late' and s.claimed_at > l.created_at and s.claimed_at < l.claimed_at)
				  from share""", (row) -> {
			System.out.printf("Jain's index %.4f over %d teams; the late team saw %d starts of others first%n",
					row.getDouble(1), row.getInt(2), row.getInt(3));
			return row;
		});
	}

}
