-- DashScope's memory, as far as the simulator has one. Nothing of the gateway's refers to it.

create table dashscope_simulator.task (
    id            uuid        primary key,
    request_id    uuid        not null,
    model         text        not null,
    prompt        text,
    width         integer     not null,
    height        integer     not null,
    tier          integer     not null check (tier in (720, 1080)),
    seconds       integer     not null check (seconds > 0),
    sound         boolean     not null,
    input_seconds numeric     not null check (input_seconds >= 0),
    directives    text        not null,

    -- The whole life is planned when the task is created; what it is now follows from the time.
    created_at    timestamptz not null,
    starts_at     timestamptz not null check (starts_at >= created_at),
    ends_at       timestamptz not null check (ends_at >= starts_at),
    fails         boolean     not null,
    code          text        check (fails or code is null),
    message       text        check (fails or message is null),
    cancelled_at  timestamptz check (cancelled_at < starts_at)
);

-- How a task stands at some time, in DashScope's words. It is forgotten a day after it was created.
create function dashscope_simulator.status(task dashscope_simulator.task, at timestamptz)
    returns text
    language sql
    immutable
return case
    when at >= task.created_at + interval '24 hours' then 'UNKNOWN'
    when task.cancelled_at is not null then 'CANCELED'
    when at < task.starts_at then 'PENDING'
    when at < task.ends_at then 'RUNNING'
    when task.fails then 'FAILED'
    else 'SUCCEEDED'
end;

-- A submission asks: which tasks of this model are not over?
create index task_unfinished on dashscope_simulator.task (model, ends_at) where cancelled_at is null;

-- The list asks: which were created in this period?
create index task_created on dashscope_simulator.task (created_at);

-- When the last calls of each kind came, the oldest first, for the limits per second.
create table dashscope_simulator.throttle (
    subject text          primary key,
    calls   timestamptz[] not null
);

-- How often a directive with a count has taken effect.
create table dashscope_simulator.directive_use (
    subject   text,
    directive text,
    uses      integer not null check (uses > 0),
    primary key (subject, directive)
);

-- Files brought to the upload host; only what tells them apart, not their bytes.
create table dashscope_simulator.upload (
    key        text        primary key,
    model      text        not null,
    size_bytes bigint      not null check (size_bytes >= 0),
    created_at timestamptz not null
);

-- One row: what all processes on this database have in common.
create table dashscope_simulator.shared (
    only_row  boolean primary key default true check (only_row),
    signer    uuid    not null default gen_random_uuid(),
    behaviour jsonb   not null default '{}'
);

insert into dashscope_simulator.shared default values;
