import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Lets tasks of a sandbox key live their whole lives for some minutes, and shows what that
 * leaves in the tables: rows written, updates that stayed on their page, dead rows, and
 * when they were vacuumed.
 */
class ChurnAtSize {

	static final List<String> SETTINGS = List.of("--gateway.sandbox.timings.pending=100ms",
			"--gateway.sandbox.timings.run=1s", "--gateway.sandbox.timings.run-per-second=0s",
			"--gateway.sandbox.limits.in-processing=0", "--gateway.sandbox.limits.submissions-per-second=0",
			"--gateway.sandbox.limits.queries-per-second=0", "--gateway.dashscope.max-in-flight=100",
			"--gateway.dashscope.submissions-per-second=100", "--gateway.dashscope.queries-per-second=400");

	final UsageAtSize bench;

	ChurnAtSize(UsageAtSize bench) {
		this.bench = bench;
	}

	void run(double perSecond, int seconds) throws Exception {
		String key = Files.readString(this.bench.folder.resolve("sandbox.key")).strip();
		this.bench.one("select pg_stat_reset()");
		long before = ended();
		Load.Result sent = new Load(this.bench.port, 8, Accept.requests(List.of(key))).atRate(perSecond, seconds);
		for (int i = 0; i < 60 && !waiting().equals("0"); i++) {
			TimeUnit.SECONDS.sleep(1);
		}
		System.out.printf("%nchurn: %s%n%d tasks ended, %s did not%n", sent, ended() - before, waiting());
		System.out.printf("%-40s inserted  updated  of these on their page  deleted  dead now  vacuumed  MB%n", "table");
		this.bench.print("""
				select relname, format('%8s %8s %8s %8s %8s %8s %8s', n_tup_ins, n_tup_upd, n_tup_hot_upd, n_tup_del,
				                       n_dead_tup, autovacuum_count, pg_total_relation_size(relid) >> 20)
				  from pg_stat_user_tables
				 where n_tup_ins + n_tup_upd + n_tup_del > 100
				 order by n_tup_ins + n_tup_upd desc""");
	}

	private long ended() throws Exception {
		return Long.parseLong(this.bench.one("select count(*) from generation where not livemode and ended_at is not null"));
	}

	private String waiting() throws Exception {
		return this.bench.one("select count(*) from generation where not livemode and state in ('QUEUED', 'SUBMITTING',"
				+ " 'SUBMITTED', 'RUNNING', 'IN_DOUBT') ");
	}

}
