package io.wangateway.drills;

import java.math.BigDecimal;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.wangateway.generation.GenerationId;
import org.jspecify.annotations.Nullable;

/**
 * What a drill comes to: the tasks that clients saw accepted, the gateway's, its books
 * and the simulator's own tasks, compared. Everything that should be zero is.
 *
 * @param accepted tasks that clients saw accepted
 * @param tasks tasks that the gateway has
 * @param ended of these, how many have ended
 * @param inDoubt of these, how many wait for ops
 * @param upstream tasks that the simulator made
 * @param bound of these, how many belong to a task of the gateway
 * @param faults everything that must not be
 */
record Reckoning(long accepted, long tasks, long ended, long inDoubt, long upstream, long bound,
		Map<String, Long> faults) {

	private static final String BOOKS = """
			select 'holds without a task', count(*) from ledger_entry e
			 where e.kind = 'hold' and not exists (select from generation g where g.id = e.generation_id)
			union all
			select 'tasks without a hold', count(*) from generation g
			 where not exists (select from ledger_entry e where e.generation_id = g.id and e.kind = 'hold'
			                   and e.amount = g.maximum_cost)
			union all
			select 'videos without a charge', count(*) from generation g
			 where g.state = 'SUCCEEDED' and not exists (select from ledger_entry e
			       where e.generation_id = g.id and e.kind = 'charge' and e.amount = g.charged)
			union all
			select 'charges without a video', count(*) from ledger_entry e
			  join generation g on g.id = e.generation_id
			 where e.kind = 'charge' and e.amount > 0 and g.state <> 'SUCCEEDED'
			union all
			select 'ended tasks whose hold is not used up', count(*) from generation g
			 where g.charged is not null and 0 <> (select sum(case e.kind when 'hold' then e.amount else -e.amount end)
			       from ledger_entry e where e.generation_id = g.id and e.kind in ('hold', 'charge', 'release'))
			union all
			select 'accounts that hold other than the open tasks', count(*) from account a
			 where a.held <> coalesce((select sum(g.maximum_cost) from generation g where g.team_id = a.team_id
			                           and g.livemode = a.livemode and g.charged is null), 0)
			union all
			select 'queues that count other than their tasks', count(*) from queue q
			 where q.queued <> (select count(*) from generation g where g.lane = q.lane and g.team_id = q.team_id
			                    and g.state = 'QUEUED')
			union all
			select 'submissions refused by upstream as too many', count(*) from attempt where http_status = 429
			union all
			select 'failed tasks', count(*) from generation where state in ('FAILED', 'LOST', 'CANCELLED')
			union all
			select 'copies of a request', count(*) - count(distinct idempotency_key) from idempotency_record""";

	/**
	 * Compare. A task may be left in doubt only where ops were told, and then its
	 * upstream task may be nobody's.
	 * @param cluster the gateways and the simulator
	 * @param traffic what clients saw
	 * @return what was found
	 */
	static Reckoning of(Cluster cluster, Traffic traffic) {
		Map<String, Long> faults = new HashMap<>();
		cluster.database().query(BOOKS, (row) -> faults.put(row.getString(1), row.getLong(2)));
		List<Task> tasks = cluster.database()
			.query("""
					select g.id, g.state, g.upstream_task_id, c.request ->> 'prompt' as prompt, g.seconds, g.audio,
					       coalesce(substring(c.request::text from 'seconds=([0-9.]+)')::numeric, 0) as input_seconds
					  from generation g join generation_content c on c.generation_id = g.id""",
					(row) -> new Task(new GenerationId(row.getObject("id", UUID.class)).toString(),
							row.getString("state"), row.getString("upstream_task_id"),
							new Video(row.getString("prompt"), row.getInt("seconds"), row.getBoolean("audio"),
									plain(row.getBigDecimal("input_seconds")))));
		Map<String, Video> upstream = new HashMap<>();
		cluster.simulator()
			.database()
			.query("select id::text, prompt, seconds, sound, input_seconds from dashscope_simulator.task",
					(row) -> upstream.put(row.getString("id"), new Video(row.getString("prompt"), row.getInt("seconds"),
							row.getBoolean("sound"), plain(row.getBigDecimal("input_seconds")))));
		List<Task> bound = tasks.stream().filter((task) -> task.upstreamId() != null).toList();
		long inDoubt = count(tasks, "IN_DOUBT");
		Set<String> told = new HashSet<>(cluster.database()
			.query("select subject from alert where kind = 'submission_in_doubt' and resolved_at is null",
					(row) -> row.getString(1)));
		faults.put("doubts that ops were not told of",
				tasks.stream().filter((task) -> task.state().equals("IN_DOUBT") && !told.contains(task.id())).count());
		faults.put("accepted tasks that do not exist", missing(traffic, tasks));
		faults.put("tasks bound to what upstream does not know",
				bound.stream().filter((task) -> !upstream.containsKey(task.upstreamId())).count());
		faults.put("tasks bound to another's video",
				bound.stream()
					.filter((task) -> upstream.containsKey(task.upstreamId())
							&& !task.video().equals(upstream.get(task.upstreamId())))
					.count());
		faults.put("videos made twice", madeTwice(tasks, upstream));
		faults.put("upstream tasks that nobody claims, beyond the doubts",
				Math.max(0, upstream.size() - bound.size() - inDoubt));
		long ended = count(tasks, "SUCCEEDED");
		faults.put("tasks that have not ended", tasks.size() - ended - inDoubt);
		faults.put("503 without Retry-After", (long) traffic.withoutRetryAfter());
		// Whoever gives up waiting and asks again may find the first request under way.
		Set<Integer> expected = Set.of(200, 503, 409, 0);
		faults.put("answers other than 200, 503, 409 and none",
				traffic.statuses()
					.entrySet()
					.stream()
					.filter((each) -> !expected.contains(each.getKey()))
					.mapToLong((each) -> each.getValue().get())
					.sum());
		YearMonth month = YearMonth.now(ZoneId.of("Asia/Shanghai"));
		boolean booksAgree = cluster.gateways()
			.getFirst()
			.admin("GET", "/v1/admin/periods/%s/check".formatted(month), "")
			.get("ok")
			.booleanValue();
		faults.put("months that do not tie out", booksAgree ? 0L : 1L);
		faults.values().removeIf((count) -> count == 0);
		return new Reckoning(traffic.accepted().size(), tasks.size(), ended, inDoubt, upstream.size(), bound.size(),
				faults);
	}

	/** This, and one more thing that should be zero. */
	Reckoning with(String fault, long count) {
		Map<String, Long> all = new HashMap<>(this.faults);
		if (count > 0) {
			all.put(fault, count);
		}
		return new Reckoning(this.accepted, this.tasks, this.ended, this.inDoubt, this.upstream, this.bound, all);
	}

	private static long missing(Traffic traffic, List<Task> tasks) {
		Set<String> known = tasks.stream().map(Task::id).collect(Collectors.toSet());
		Set<String> accepted = new HashSet<>(traffic.accepted().values());
		long doubled = traffic.accepted().size() - accepted.size();
		accepted.removeAll(known);
		return accepted.size() + doubled;
	}

	/** More videos of a kind upstream than there are tasks that asked for such a one. */
	private static long madeTwice(List<Task> tasks, Map<String, Video> upstream) {
		Map<Video, Long> asked = tasks.stream().collect(Collectors.groupingBy(Task::video, Collectors.counting()));
		Map<Video, Long> made = upstream.values()
			.stream()
			.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
		return made.entrySet()
			.stream()
			.mapToLong((each) -> Math.max(0, each.getValue() - asked.getOrDefault(each.getKey(), 0L)))
			.sum();
	}

	private static long count(List<Task> tasks, String state) {
		return tasks.stream().filter((task) -> task.state().equals(state)).count();
	}

	private static BigDecimal plain(BigDecimal seconds) {
		return new BigDecimal(seconds.stripTrailingZeros().toPlainString());
	}

	@Override
	public String toString() {
		List<String> lines = new ArrayList<>();
		lines.add("accepted %d, tasks %d: %d completed, %d in doubt; upstream made %d, of them bound %d"
			.formatted(this.accepted, this.tasks, this.ended, this.inDoubt, this.upstream, this.bound));
		this.faults.forEach((what, count) -> lines.add("  FAULT %s: %d".formatted(what, count)));
		return String.join("\n", lines);
	}

	private record Task(String id, String state, @Nullable String upstreamId, Video video) {
	}

	/** What the simulator remembers of a video. */
	private record Video(@Nullable String prompt, int seconds, boolean audio, BigDecimal inputSeconds) {
	}

}
