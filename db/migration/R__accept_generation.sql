-- Accepting generations, whole: the rate limit's tokens, the replay of an Idempotency-Key, the queue's limit, the budget,
-- the tasks, their holds and their places in the queue, in one call and one transaction. In the database and not in Java
-- because it is one round trip instead of seven while accounts are locked: docs/decisions/accepting-in-one-call.md.
--
-- accept_generations takes what was asked at the same time together: where a team has room for all that it asked, the rows
-- of all such teams are written at once. What is left, because something may stand in its way, goes one after the other
-- through accept_generation, which says what that is.
--
-- Refusals are answers, never exceptions, so that they don't end the transaction of others.
-- Lock order, here and wherever money moves: generation, account, bucket, queue, each kind in ascending order.

-- How many tasks of a team wait, in all lanes. Never by reading the queues of all teams.
create or replace function queued_of(p_team_id integer, p_livemode boolean) returns bigint
    language sql stable as $$
    select coalesce(sum((select q.queued from queue q where q.lane = l.name and q.team_id = p_team_id)), 0)
      from lane l
     where l.livemode = p_livemode
$$;

drop function if exists spent_in(integer, date);

-- The advisory lock that a request under way holds until it commits; then its record is there.
-- Stable, as all that it calls is: otherwise PostgreSQL would call it instead of putting it in place.
create or replace function idempotency_lock(p_team_id integer, p_livemode boolean, p_key text) returns bigint
    language sql stable as $$
    select hashtextextended(p_team_id || ' ' || p_livemode || ' ' || p_key, 0)
$$;

-- What is left of a key's allowance, as it is answered.
create or replace function bucket_as_json(p_granted boolean, p_quota integer, p_tokens double precision,
        p_at double precision, p_burst double precision) returns jsonb
    language sql stable as $$
    select jsonb_build_object('granted', p_granted, 'limit', p_quota, 'remaining', floor(p_tokens)::integer,
        'full_at', p_at + (p_burst - p_tokens) / (p_quota / 60.0),
        'retry_after', case when p_granted then 0 else (1 - p_tokens) / (p_quota / 60.0) end)
$$;

create or replace function take_submission_token(p_key_id integer, p_at timestamptz) returns jsonb
    language plpgsql as $$
declare
    burst constant double precision := 500;
    quota         integer;
    rate          double precision;
    available     double precision;
    filled        timestamptz;
    is_granted    boolean;
begin
    loop
        select k.requests_per_minute, k.requests_per_minute / 60.0, b.tokens, b.refilled_at
          into quota, rate, available, filled
          from submission_bucket b join api_key k on k.id = b.key_id
         where b.key_id = p_key_id
           for update of b;
        exit when found;
        insert into submission_bucket values (p_key_id, burst, p_at) on conflict do nothing;
    end loop;
    available := least(burst, available + rate * greatest(0, extract(epoch from p_at - filled)));
    is_granted := available >= 1;
    if is_granted then
        available := available - 1;
        update submission_bucket set tokens = available, refilled_at = greatest(p_at, filled) where key_id = p_key_id;
    end if;
    return bucket_as_json(is_granted, quota, available, extract(epoch from p_at), burst);
end $$;

-- Decide about one, under the lock of its team's account.
create or replace function accept_generation(x asked_generation) returns jsonb
    language plpgsql as $$
declare
    v_month  constant date := books_month(books_now());
    v_bucket   jsonb;
    v_team     record;
    v_record   idempotency_record;
    v_existing uuid;
    v_used     numeric;
    v_place    bigint;
begin
    v_bucket := take_submission_token(x.key_id, x.created_at);
    if not (v_bucket -> 'granted')::boolean then
        return jsonb_build_object('outcome', 'rate_limited', 'bucket', v_bucket);
    end if;

    select t.suspended, t.max_queued, queued_of(t.id, x.livemode) as queued, a.held, coalesce(m.spent, 0) as spent,
           b.monthly_limit, b.soft_thresholds,
           b.monthly_limit * (select min(threshold) from unnest(b.soft_thresholds) threshold) / 100 as notable_from
      into v_team
      from team t
      join account a on a.team_id = t.id and a.livemode = x.livemode
      left join budget b on b.team_id = t.id and x.livemode
      left join account_month m on m.team_id = t.id and m.livemode and m.month = v_month
     where t.id = x.team_id;
    if v_team.suspended then
        return jsonb_build_object('outcome', 'team_suspended', 'bucket', v_bucket);
    end if;

    if x.idempotency_key is not null then
        if not pg_try_advisory_xact_lock(idempotency_lock(x.team_id, x.livemode, x.idempotency_key)) then
            return jsonb_build_object('outcome', 'idempotency_in_progress', 'bucket', v_bucket);
        end if;
        select * into v_record from idempotency_record i
         where i.team_id = x.team_id and i.livemode = x.livemode and i.idempotency_key = x.idempotency_key;
        if found and v_record.created_at > x.created_at - interval '24 hours' then
            if v_record.request_hash <> decode(x.request_hash, 'hex') then
                return jsonb_build_object('outcome', 'idempotency_key_reused', 'bucket', v_bucket);
            end if;
            return (select jsonb_build_object('outcome', 'replayed', 'bucket', v_bucket, 'id', g.id,
                           'model', g.model, 'created_at', extract(epoch from g.created_at),
                           'client_business_id', g.client_business_id)
                      from generation g where g.id = v_record.generation_id);
        end if;
    end if;

    if not x.configured then
        return jsonb_build_object('outcome', 'upstream_not_configured', 'bucket', v_bucket);
    end if;

    if x.client_business_id is not null then
        select g.id into v_existing from generation g
         where g.team_id = x.team_id and g.livemode = x.livemode and g.client_business_id = x.client_business_id;
        if found then
            return jsonb_build_object('outcome', 'client_business_id_conflict', 'bucket', v_bucket, 'id', v_existing);
        end if;
    end if;

    if v_team.queued >= v_team.max_queued then
        return jsonb_build_object('outcome', 'queue_full', 'bucket', v_bucket,
            'queued', v_team.queued, 'max_queued', v_team.max_queued);
    end if;

    v_used := v_team.spent + v_team.held + x.maximum_cost;
    if v_used > v_team.monthly_limit then
        return jsonb_build_object('outcome', 'budget_exceeded', 'bucket', v_bucket,
            'limit', v_team.monthly_limit::text, 'spent', v_team.spent::text, 'held', v_team.held::text,
            'resets_at', extract(epoch from books_next_month()));
    end if;
    if v_used >= v_team.notable_from then
        perform note_thresholds(x.team_id, v_team.monthly_limit, v_team.soft_thresholds, v_used);
    end if;

    insert into queue as q (lane, team_id, queued, accepted) values (x.lane, x.team_id, 1, 1)
        on conflict (lane, team_id) do update set queued = q.queued + 1, accepted = q.accepted + 1
        returning q.accepted into v_place;
    insert into generation (id, team_id, key_id, livemode, model, mode, lane, resolution, seconds, audio, price_id,
            unit_price, estimated_cost, maximum_cost, client_business_id, created_at, state, place)
    values (x.id, x.team_id, x.key_id, x.livemode, x.model, x.mode,
            x.lane, x.resolution, x.seconds, x.audio,
            x.price_id, x.unit_price, x.estimated_cost, x.maximum_cost,
            x.client_business_id, x.created_at, 'QUEUED', v_place);
    insert into generation_content (generation_id, request, labels, trace_id)
    values (x.id, x.request, x.labels, x.trace_id);
    insert into ledger_entry (generation_id, team_id, livemode, kind, amount, month, posted_at)
    values (x.id, x.team_id, x.livemode, 'hold', x.maximum_cost, v_month, books_now());
    update account a set held = a.held + x.maximum_cost where a.team_id = x.team_id and a.livemode = x.livemode;
    if x.idempotency_key is not null then
        insert into idempotency_record
        values (x.team_id, x.livemode, x.idempotency_key, decode(x.request_hash, 'hex'), x.id, x.created_at)
        on conflict (team_id, livemode, idempotency_key) do update
            set request_hash = excluded.request_hash, generation_id = excluded.generation_id,
                created_at = excluded.created_at;
    end if;

    return jsonb_build_object('outcome', 'accepted', 'bucket', v_bucket, 'id', x.id, 'model', x.model,
        'created_at', extract(epoch from x.created_at), 'client_business_id', x.client_business_id);
end $$;

-- Lock the accounts of all who ask, so many teams, which are made where it is a team's first request. Before its bucket,
-- like everywhere: whoever holds the account has the buckets of its keys to himself.
drop function if exists lock_accounts(asked_generation[]);

create or replace function lock_accounts(p_asked asked_generation[], p_teams bigint) returns void
    language plpgsql as $$
declare
    v_locked integer;
begin
    perform from account a
      where (a.team_id, a.livemode) in (select x.team_id, x.livemode from unnest(p_asked) x)
      order by a.team_id, a.livemode
        for update;
    get diagnostics v_locked = row_count;
    if v_locked < p_teams then
        insert into account (team_id, livemode)
        select distinct x.team_id, x.livemode from unnest(p_asked) x order by x.team_id, x.livemode
            on conflict do nothing;
        perform lock_accounts(p_asked, p_teams);
    end if;
end $$;

-- Lock the accounts that nobody else holds just now, and return those who ask for them.
create or replace function lock_free_accounts(p_asked asked_generation[]) returns asked_generation[]
    language sql as $$
    with free as materialized (
        select a.team_id, a.livemode from account a
         where (a.team_id, a.livemode) in (select x.team_id, x.livemode from unnest(p_asked) x)
         order by a.team_id, a.livemode
           for update skip locked
    )
    select array_agg(x order by x.number) from unnest(p_asked) x join free f on f.team_id = x.team_id and f.livemode = x.livemode
$$;

drop function if exists accept_generations(json, boolean);

-- Decide about several that were asked at the same time. Answers come in no particular order. p_waiting says how to come by
-- the accounts that somebody else holds: 'patiently'; 'briefly', which fails with lock_not_available after 50 ms; or 'never',
-- which gives no answers for their teams. It fails instead of going on by itself because that would take a savepoint, and
-- what is locked in one and changed outside of it has two transactions to look up for whoever reads the row after.
create or replace function accept_generations(p_asked json, p_waiting text) returns table (number integer, answer jsonb)
    language plpgsql as $$
#variable_conflict use_column
declare
    burst constant double precision := 500;
    v_month   date := books_month(books_now());
    v_asked   asked_generation[];
    v_teams   bigint;
    v_one     asked_generation;
    v_plain   integer[];
    v_buckets jsonb;
    v_notable boolean;
begin
    -- In order, because those who came first are decided first where there is not enough for all.
    select array_agg(x order by x.number), count(distinct (x.team_id, x.livemode)) into v_asked, v_teams
      from json_populate_recordset(null::asked_generation, p_asked) x;

    if p_waiting <> 'patiently' then
        perform set_config('lock_timeout', '50ms', true);
    end if;
    if p_waiting <> 'never' then
        perform lock_accounts(v_asked, v_teams);
    else
        v_asked := lock_free_accounts(v_asked);
        if v_asked is null then
            return;
        end if;
    end if;

    -- One alone is decided faster by small statements than by large ones for any number.
    if cardinality(v_asked) > 1 then
        -- Those that nothing stands in the way of, if all that their team and key ask is counted; and their tokens.
        with x as materialized (
            select x.number, x.team_id, x.livemode, x.key_id, x.created_at, x.configured, x.client_business_id,
                   x.idempotency_key, x.maximum_cost, count(*) over (partition by x.key_id) as by_key,
                   x.idempotency_key is null or (
                       row_number() over (partition by x.team_id, x.livemode, x.idempotency_key order by x.number) = 1
                       and pg_try_advisory_xact_lock(idempotency_lock(x.team_id, x.livemode, x.idempotency_key))) as alone
              from unnest(v_asked) x
        ), roomy as materialized (
            select s.team_id, s.livemode,
                   coalesce(m.spent, 0) + a.held + s.cost
                       >= b.monthly_limit * (select min(threshold) from unnest(b.soft_thresholds) threshold) / 100 as notable
              from (select x.team_id, x.livemode, count(*) as together, sum(x.maximum_cost) as cost
                      from x group by x.team_id, x.livemode) s
              join team t on t.id = s.team_id
              join account a on a.team_id = s.team_id and a.livemode = s.livemode
              left join budget b on b.team_id = s.team_id and s.livemode
              left join account_month m on m.team_id = s.team_id and m.livemode and m.month = v_month
             where not t.suspended
               -- As queued_of, but in place.
               and coalesce((select sum((select q.queued from queue q where q.lane = l.name and q.team_id = s.team_id))
                               from lane l where l.livemode = s.livemode), 0) + s.together <= t.max_queued
               and (b.team_id is null or coalesce(m.spent, 0) + a.held + s.cost <= b.monthly_limit)
        ), plain as materialized (
            select x.number, x.key_id, x.created_at, x.by_key, r.notable
              from x
              join roomy r on r.team_id = x.team_id and r.livemode = x.livemode
             where x.configured
               and x.client_business_id is null
               and x.alone
               -- Not as "not exists", which would be joined, and planned for the table as it was when it was empty.
               and (x.idempotency_key is null
                    or coalesce((select false from idempotency_record i
                                  where i.team_id = x.team_id and i.livemode = x.livemode
                                    and i.idempotency_key = x.idempotency_key), true))
        ), granted as (
            update submission_bucket b
               set tokens = least(burst, b.tokens + k.requests_per_minute / 60.0
                                   * greatest(0, extract(epoch from p.at - b.refilled_at))) - p.wanted,
                   refilled_at = greatest(b.refilled_at, p.at)
              from (select p.key_id, p.by_key, count(*) as wanted, max(p.created_at) as at
                      from plain p group by p.key_id, p.by_key) p
              join api_key k on k.id = p.key_id
             where b.key_id = p.key_id
               and least(burst, b.tokens + k.requests_per_minute / 60.0
                           * greatest(0, extract(epoch from p.at - b.refilled_at)))
                   >= p.by_key
            returning b.key_id, b.tokens, k.requests_per_minute as quota, p.at
        )
        select array_agg(p.number), bool_or(p.notable),
               jsonb_object_agg(g.key_id, bucket_as_json(true, g.quota, g.tokens, extract(epoch from g.at), burst))
          into v_plain, v_notable, v_buckets
          from plain p
          join granted g on g.key_id = p.key_id;

        return query
        with x as materialized (
            select x.*, count(*) over (partition by x.lane, x.team_id order by x.number desc) as from_end
              from unnest(v_asked) x
             where x.number = any (v_plain)
        ), queued as (
            insert into queue as q (lane, team_id, queued, accepted)
            select x.lane, x.team_id, count(*), count(*) from x group by x.lane, x.team_id order by x.team_id, x.lane
                on conflict (lane, team_id) do update
                   set queued = q.queued + excluded.queued, accepted = q.accepted + excluded.accepted
            returning q.lane, q.team_id, q.accepted
        ), task as (
            insert into generation (id, team_id, key_id, livemode, model, mode, lane, resolution, seconds, audio, price_id,
                    unit_price, estimated_cost, maximum_cost, created_at, state, place)
            select x.id, x.team_id, x.key_id, x.livemode, x.model, x.mode, x.lane, x.resolution, x.seconds, x.audio,
                   x.price_id, x.unit_price, x.estimated_cost, x.maximum_cost, x.created_at, 'QUEUED',
                   q.accepted - x.from_end + 1
              from x join queued q on q.lane = x.lane and q.team_id = x.team_id
        ), content as (
            insert into generation_content (generation_id, request, labels, trace_id)
            select x.id, x.request, x.labels, x.trace_id from x
        ), hold as (
            insert into ledger_entry (generation_id, team_id, livemode, kind, amount, month, posted_at)
            select x.id, x.team_id, x.livemode, 'hold', x.maximum_cost, v_month, books_now() from x
        ), record as (
            insert into idempotency_record
            select x.team_id, x.livemode, x.idempotency_key, decode(x.request_hash, 'hex'), x.id, x.created_at
              from x where x.idempotency_key is not null
        ), held as (
            update account a set held = a.held + s.cost
              from (select x.team_id, x.livemode, sum(x.maximum_cost) as cost from x group by x.team_id, x.livemode) s
             where a.team_id = s.team_id and a.livemode = s.livemode
        )
        select x.number, jsonb_build_object('outcome', 'accepted', 'bucket', v_buckets -> x.key_id::text, 'id', x.id,
                   'model', x.model, 'created_at', extract(epoch from x.created_at))
          from x;

        if v_notable then
            perform note_thresholds(b.team_id, b.monthly_limit, b.soft_thresholds, coalesce(m.spent, 0) + a.held)
               from (select distinct x.team_id from unnest(v_asked) x where x.livemode and x.number = any (v_plain)) x
               join budget b on b.team_id = x.team_id
               join account a on a.team_id = x.team_id and a.livemode
               left join account_month m on m.team_id = x.team_id and m.livemode and m.month = v_month
              where coalesce(m.spent, 0) + a.held
                    >= b.monthly_limit * (select min(threshold) from unnest(b.soft_thresholds) threshold) / 100;
        end if;
    end if;

    foreach v_one in array v_asked loop
        if v_one.number = any (v_plain) is not true then
            return query select v_one.number, accept_generation(v_one);
        end if;
    end loop;
end $$;
