-- Lanes: one per upstream model of one account, with its limits and the fair order of its queue.

create table lane (
    name                   text             primary key,
    upstream_model         text             not null,
    livemode               boolean          not null,
    -- What ops have set; null for the setting's or the catalogue's value.
    max_in_flight          integer          check (max_in_flight >= 0),
    submissions_per_second numeric(8, 3)    check (submissions_per_second > 0),
    paused                 boolean          not null default false,
    stopped_reason         text,
    -- The start tag of the task started last: the present of fair queueing, in seconds ÷ weight.
    virtual_time           double precision not null default 0,
    next_send_at           timestamptz      not null default 'epoch',
    throttled_until        timestamptz      not null default 'epoch',
    throttles              integer          not null default 0,
    doubts_searched_at     timestamptz      not null default 'epoch',
    unique (upstream_model, livemode)
);

-- A team's queue in a lane: how many wait, and how far the team has been served.
create table queue (
    lane         text             not null references lane (name),
    team_id      integer          not null references team (id),
    queued       integer          not null default 0 check (queued >= 0),
    virtual_time double precision not null default 0,
    primary key (lane, team_id)
) with (fillfactor = 50);

-- The dispatcher asks: which waiting team was served least?
create index queue_turn on queue (lane, virtual_time) where queued > 0;

alter table generation add foreign key (lane) references lane (name);

-- One try to hand a generation to DashScope.
create table attempt (
    id               integer     generated always as identity primary key,
    generation_id    uuid        not null references generation (id),
    lane             text        not null references lane (name),
    replica          text        not null,
    claimed_at       timestamptz not null,
    gave_up_at       timestamptz,
    outcome          text        check (outcome in ('accepted', 'refused', 'account_fault', 'not_taken', 'unknown',
                                                    'handed_back', 'silent')),
    http_status      smallint,
    upstream_code    text,
    upstream_request_id text,
    upstream_task_id text,
    late             boolean     not null default false,
    check ((outcome is null) = (gave_up_at is null))
);

-- Ops ask: which attempts did this generation have?
create index attempt_generation on attempt (generation_id, id);

-- Takeover asks: which attempts has nobody answered for?
create index attempt_open on attempt (claimed_at) where outcome is null;

-- When the next call of a kind may go to an account, so that all replicas together stay under its limit.
create table pace (
    name    text        primary key,
    next_at timestamptz not null default 'epoch'
);

-- How long upstream takes, as measured: from acceptance to the end, by lane and seconds of video.
create table run_time (
    lane         text             not null references lane (name),
    seconds      smallint         not null,
    mean_seconds double precision not null check (mean_seconds > 0),
    samples      bigint           not null,
    primary key (lane, seconds)
);

-- Upstream tasks that no generation is known to have made: found while a doubt was open. Ops see those that stay.
create table stray_task (
    upstream_task_id    text        primary key,
    lane                text        not null references lane (name),
    upstream_created_at timestamptz not null,
    upstream_request_id text,
    found_at            timestamptz not null,
    -- As upstream echoes it once the task has ended; null before. The prompt only as its SHA-256.
    ended               text        check (ended in ('SUCCEEDED', 'FAILED')),
    prompt_hash         bytea,
    seconds             numeric(12, 4),
    sr                  integer,
    -- The generation that it turned out to be, or that it turned out not to be.
    adopted_by          uuid        references generation (id),
    foreign_task        boolean     not null default false
);

-- Matching asks: which are still unexplained in this lane?
create index stray_task_open on stray_task (lane) where adopted_by is null and not foreign_task;
