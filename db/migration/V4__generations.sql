-- Generations: one row per video that a team asked for, written before DashScope hears of it.

create table generation (
    id                  uuid           primary key,
    team_id             integer        not null references team (id),
    key_id              integer        not null references api_key (id),
    livemode            boolean        not null,
    model               text           not null,
    mode                text           not null check (mode in ('t2v', 'i2v', 'r2v')),
    lane                text           not null,
    resolution          text           not null,
    seconds             smallint       not null check (seconds > 0),
    audio               boolean        not null,
    price_id            integer        not null references price (id),
    unit_price          numeric(12, 6) not null check (unit_price >= 0),
    estimated_cost      numeric(20, 8) not null check (estimated_cost >= 0),
    maximum_cost        numeric(20, 8) not null check (maximum_cost >= estimated_cost),
    client_business_id  text,
    created_at          timestamptz    not null,

    state               text           not null
                        check (state in ('QUEUED', 'SUBMITTING', 'SUBMITTED', 'RUNNING', 'IN_DOUBT',
                                         'SUCCEEDED', 'FAILED', 'CANCELLED', 'LOST')),
    cancel_requested    boolean        not null default false,
    progress            smallint       not null default 0 check (progress between 0 and 100),
    attempt             integer,
    due_at              timestamptz,
    polls               integer        not null default 0,
    submitted_at        timestamptz,
    started_at          timestamptz,
    ended_at            timestamptz,

    upstream_task_id    text           unique,
    -- Bound to an upstream task by time alone; its result is withheld until the echo agrees.
    provisional         boolean        not null default false,
    upstream_ended_at   timestamptz,
    upstream_request_id text,
    upstream_code       text,
    upstream_message    text,
    video_url           text,
    error_code          text,
    error_message       text,

    charged             numeric(20, 8) check (charged between 0 and maximum_cost),
    excess              numeric(20, 8) check (excess > 0),
    billed_seconds      numeric(12, 4) check (billed_seconds >= 0),
    explanation         text,

    -- What ended is settled, and nothing else is. What is lost keeps its hold until ops write it off.
    constraint settled_if_ended
        check ((state in ('SUCCEEDED', 'FAILED', 'CANCELLED')) = (charged is not null)
            or (state = 'LOST' and charged is not null)),
    constraint ended_has_time
        check ((state in ('SUCCEEDED', 'FAILED', 'CANCELLED', 'LOST')) = (ended_at is not null)),
    constraint video_if_succeeded
        check ((state = 'SUCCEEDED') = (video_url is not null)),
    constraint only_a_video_costs
        check (state in ('SUCCEEDED', 'LOST') or coalesce(charged, 0) = 0),
    constraint error_if_not_succeeded
        check ((state in ('FAILED', 'CANCELLED', 'LOST')) = (error_code is not null)),
    constraint no_video_on_a_guess
        check (state <> 'SUCCEEDED' or not provisional),
    constraint known_upstream
        check (state not in ('SUBMITTED', 'RUNNING', 'SUCCEEDED') or upstream_task_id is not null)
) with (fillfactor = 80);

-- The dispatcher asks: which is the oldest in the queue of this team and lane?
create index generation_queued on generation (lane, team_id, id) where state = 'QUEUED';

-- The dispatcher asks: what holds a slot of this lane?
create index generation_in_processing on generation (lane, team_id)
    where state in ('SUBMITTING', 'SUBMITTED', 'RUNNING', 'IN_DOUBT');

-- Following asks: whose next step is due?
create index generation_due on generation (due_at) where due_at is not null;

-- Teams ask: which is the task with my own id, and is it unique?
create unique index generation_client_business_id on generation (team_id, livemode, client_business_id)
    where client_business_id is not null;

-- Teams ask: what are my latest tasks?
create index generation_team on generation (team_id, livemode, id);

-- What was asked for, as it is echoed and sent: never changed, and erased some day.
create table generation_content (
    generation_id uuid  primary key references generation (id),
    request       jsonb not null,
    labels        jsonb,
    trace_id      text
);

-- The steps of a generation's life after its acceptance, each with what caused it.
create table generation_step (
    id                  bigint      generated always as identity primary key,
    generation_id       uuid        not null references generation (id),
    from_state          text        not null,
    to_state            text        not null,
    at                  timestamptz not null,
    cause               text        not null,
    http_status         smallint,
    upstream_code       text,
    upstream_message    text,
    upstream_request_id text,
    replica             text        not null
);

-- Ops ask: what happened to this generation?
create index generation_step_generation on generation_step (generation_id, id);

-- Answers to requests that carried an Idempotency-Key, kept for 24 hours.
create table idempotency_record (
    team_id         integer     not null references team (id),
    livemode        boolean     not null,
    idempotency_key text        not null,
    request_hash    bytea       not null,
    generation_id   uuid        not null references generation (id),
    created_at      timestamptz not null,
    primary key (team_id, livemode, idempotency_key)
);

-- Sweeping asks: which are older than a day?
create index idempotency_record_created on idempotency_record using brin (created_at);

-- What is left of each key's allowance of submissions.
create table submission_bucket (
    key_id      integer          primary key references api_key (id),
    tokens      double precision not null,
    refilled_at timestamptz      not null
) with (fillfactor = 50);
