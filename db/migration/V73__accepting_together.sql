-- Accepting what was asked at the same time together.

-- A request for a generation, valid and priced, as the gateway hands it over.
create type asked_generation as (
    -- By which its answer is told from those of the others.
    number             integer,
    id                 uuid,
    team_id            integer,
    key_id             integer,
    livemode           boolean,
    configured         boolean,
    model              text,
    mode               text,
    lane               text,
    resolution         text,
    seconds            smallint,
    audio              boolean,
    price_id           integer,
    unit_price         numeric,
    estimated_cost     numeric,
    maximum_cost       numeric,
    created_at         timestamptz,
    client_business_id text,
    idempotency_key    text,
    request_hash       text,
    trace_id           text,
    request            jsonb,
    labels             jsonb
);

drop function if exists accept_generation(jsonb);

-- Following asks: which task is it? Without the many that upstream does not know yet.
alter table generation drop constraint generation_upstream_task_id_key;
create unique index generation_upstream_task_id on generation (upstream_task_id) where upstream_task_id is not null;
