-- Accepting a generation, whole: the rate limit's token, the replay of an Idempotency-Key, the queue's limit, the budget,
-- the task, its hold and its place in the queue, in one call and one transaction. In the database and not in Java because
-- it is one round trip instead of seven while the team's account is locked: docs/decisions/accepting-in-one-call.md.
--
-- Refusals are answers, never exceptions, so that several requests may share a transaction.
-- Lock order, here and wherever money moves: generation, account, queue.

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
    select k.requests_per_minute, k.requests_per_minute / 60.0 into quota, rate
      from api_key k where k.id = p_key_id;
    insert into submission_bucket values (p_key_id, burst, p_at) on conflict do nothing;
    select b.tokens, b.refilled_at into available, filled
      from submission_bucket b where b.key_id = p_key_id for update;
    available := least(burst, available + rate * greatest(0, extract(epoch from p_at - filled)));
    is_granted := available >= 1;
    if is_granted then
        available := available - 1;
        update submission_bucket set tokens = available, refilled_at = greatest(p_at, filled) where key_id = p_key_id;
    end if;
    return jsonb_build_object('granted', is_granted, 'limit', quota, 'remaining', floor(available)::integer,
        'full_at', extract(epoch from p_at) + (burst - available) / rate,
        'retry_after', case when is_granted then 0 else (1 - available) / rate end);
end $$;

create or replace function accept_generation(r jsonb) returns jsonb
    language plpgsql as $$
declare
    x           record;
    v_bucket    jsonb;
    v_suspended boolean;
    v_max_queued integer;
    v_record    idempotency_record;
    v_existing  uuid;
    v_queued    bigint;
    v_held      numeric;
    v_limit     numeric;
    v_spent     numeric;
    v_thresholds integer[];
    v_place     bigint;
begin
    -- Read once: an expression on the way would be set up anew in each transaction.
    select * into x from jsonb_to_record(r) as x (
        id uuid, team_id integer, key_id integer, livemode boolean, configured boolean, model text, mode text, lane text,
        resolution text, seconds smallint, audio boolean, price_id integer, unit_price numeric, estimated_cost numeric,
        maximum_cost numeric, created_at timestamptz, client_business_id text, idempotency_key text, request_hash text,
        trace_id text, request jsonb, labels jsonb);

    v_bucket := take_submission_token(x.key_id, x.created_at);
    if not (v_bucket -> 'granted')::boolean then
        return jsonb_build_object('outcome', 'rate_limited', 'bucket', v_bucket);
    end if;

    select t.suspended, t.max_queued into v_suspended, v_max_queued from team t where t.id = x.team_id;
    if v_suspended then
        return jsonb_build_object('outcome', 'team_suspended', 'bucket', v_bucket);
    end if;

    -- A request under way with the same key holds the lock until it commits; then its record is there.
    if x.idempotency_key is not null then
        if not pg_try_advisory_xact_lock(hashtextextended(x.team_id || ' ' || x.livemode || ' ' || x.idempotency_key, 0)) then
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

    select a.held into v_held from account a where a.team_id = x.team_id and a.livemode = x.livemode for update;
    if not found then
        insert into account (team_id, livemode) values (x.team_id, x.livemode) on conflict do nothing;
        select a.held into v_held from account a where a.team_id = x.team_id and a.livemode = x.livemode for update;
    end if;

    if x.client_business_id is not null then
        select g.id into v_existing from generation g
         where g.team_id = x.team_id and g.livemode = x.livemode and g.client_business_id = x.client_business_id;
        if found then
            return jsonb_build_object('outcome', 'client_business_id_conflict', 'bucket', v_bucket, 'id', v_existing);
        end if;
    end if;

    select coalesce(sum(q.queued), 0) into v_queued
      from queue q join lane l on l.name = q.lane
     where q.team_id = x.team_id and l.livemode = x.livemode;
    if v_queued >= v_max_queued then
        return jsonb_build_object('outcome', 'queue_full', 'bucket', v_bucket,
            'queued', v_queued, 'max_queued', v_max_queued);
    end if;

    if x.livemode then
        select b.monthly_limit, b.soft_thresholds into v_limit, v_thresholds from budget b where b.team_id = x.team_id;
        if found then
            select coalesce(sum(m.spent), 0) into v_spent from account_month m
             where m.team_id = x.team_id and m.livemode and m.month = books_month(books_now());
            if v_spent + v_held + x.maximum_cost > v_limit then
                return jsonb_build_object('outcome', 'budget_exceeded', 'bucket', v_bucket,
                    'limit', v_limit::text, 'spent', v_spent::text, 'held', v_held::text,
                    'resets_at', extract(epoch from books_next_month()));
            end if;
            perform note_thresholds(x.team_id, v_limit, v_thresholds, v_spent + v_held + x.maximum_cost);
        end if;
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
    values (x.id, x.team_id, x.livemode, 'hold', x.maximum_cost, books_month(books_now()), books_now());
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
