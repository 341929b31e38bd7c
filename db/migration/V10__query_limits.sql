-- What is left of each key's allowance of queries, shared by all replicas.

-- Unlogged: after a crash of the database every bucket may as well be full.
create unlogged table query_bucket (
    key_id      integer          primary key references api_key (id),
    tokens      double precision not null check (tokens >= 0),
    refilled_at timestamptz      not null
);

-- Draws up to a batch of tokens; where there is none, says in how many seconds there is one.
create function draw_query_tokens(p_key_id integer, p_batch integer,
        out granted integer, out remaining integer, out full_in double precision, out wait double precision)
    language plpgsql as $$
declare
    now_at    constant timestamptz := clock_timestamp();
    rate      double precision;
    burst     double precision;
    available double precision;
begin
    select k.queries_per_minute / 60.0, least(k.queries_per_minute, 2000) into rate, burst
      from api_key k where k.id = p_key_id;
    insert into query_bucket values (p_key_id, burst, now_at) on conflict do nothing;
    select least(burst, b.tokens + rate * greatest(0, extract(epoch from now_at - b.refilled_at))) into available
      from query_bucket b where b.key_id = p_key_id for update;
    granted := least(p_batch, floor(available));
    available := available - granted;
    update query_bucket set tokens = available, refilled_at = greatest(refilled_at, now_at) where key_id = p_key_id;
    remaining := floor(available);
    full_in := (burst - available) / rate;
    wait := greatest(0, 1 - available) / rate;
end $$;
