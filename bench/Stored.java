/**
 * Tasks that were there before, written with SQL, with their holds and charges. They are
 * like one that was accepted before.
 */
final class Stored {

	private Stored() {
	}

	/** Tasks that have ended, spread over teams and over the last 30 days. */
	static void ended(Rig rig, long count) throws InterruptedException {
		fill(rig, count, "SUCCEEDED");
		long start = System.nanoTime();
		// Tasks that came one by one would have been added up and indexed in the course of days.
		rig.await("""
				select count(*)
				  from usage_summed s, text_indexed t
				 where s.sums_until > now() - interval '30 minutes'
				   and (select count(*) from generation_content c where c.generation_id > t.prompts) < 1000""", 1);
		rig.database().execute("vacuum (analyze) usage_sum, text_block");
		System.out.printf("added up and indexed in %.0f s%n", (System.nanoTime() - start) / 1e9);
	}

	/** Tasks that wait in the queue of one lane since this morning, as many of each team. */
	static void queued(Rig rig, long count) {
		fill(rig, count, "QUEUED");
	}

	private static void fill(Rig rig, long count, String state) {
		boolean ended = state.equals("SUCCEEDED");
		long start = System.nanoTime();
		rig.database().execute("""
				with key as (
				    select id as key_id, team_id, row_number() over (order by id) - 1 as number, count(*) over () as keys
				      from api_key where livemode),
				task as (
				    insert into generation (id, team_id, key_id, livemode, model, mode, lane, resolution, seconds, audio,
				           price_id, unit_price, estimated_cost, maximum_cost, created_at, state, ended_at, charged,
				           billed_seconds, video_url, upstream_task_id)
				    select uuidv7(make_interval(secs => i - %1$d)), team_id, key_id, true, 'wan2.6-flash', 'i2v',
				           'wan2.6-i2v-flash', '720p', 5, true, (select min(id) from price), 0.3, 1.5, 1.5,
				           now() - interval '%5$s' * (%1$d - i) / %1$d, '%2$s', %3$s
				      from generate_series(1, %1$d) i join key on key.number = i %% key.keys
				    returning *),
				content as (
				    insert into generation_content (generation_id, request)
				    select id, (select min(request::text)::jsonb from generation_content) from task),
				entries as (
				    insert into ledger_entry (generation_id, team_id, livemode, kind, amount, month, posted_at)
				    select id, team_id, true, kind, 1.5, books_month(created_at), created_at
				      from task, unnest(array[%4$s]) kind),
				held as (
				    insert into account as a (team_id, livemode, held)
				    select team_id, true, sum(1.5) from task where charged is null group by team_id
				    on conflict (team_id, livemode) do update set held = a.held + excluded.held)
				insert into queue as q (lane, team_id, queued)
				select lane, team_id, count(*) from task where state = 'QUEUED' group by lane, team_id
				on conflict (lane, team_id) do update set queued = q.queued + excluded.queued"""
			.formatted(count, state,
					ended ? """
							now() - interval '30 days' * (%1$d - i) / %1$d, 1.5, 5, 'https://example.com/v.mp4',
							gen_random_uuid()::text""".formatted(count)
							: "null, null, null, null, null",
					ended ? "'hold', 'charge'" : "'hold'",
					// What waits longer than a day is given up.
					ended ? "30 days" : "12 hours"));
		rig.database().execute("vacuum (analyze) generation, generation_content, ledger_entry, queue, account");
		System.out.printf("stored %,d tasks %s in %.0f s%n", count, state, (System.nanoTime() - start) / 1e9);
	}

}
