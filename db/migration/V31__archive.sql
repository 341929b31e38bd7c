-- The archive: which videos are kept, and the jobs that copy them.

-- Where a video stands between upstream, which has it for a day, and the store.
create table archived_video (
    generation_id uuid        primary key references generation (id),
    team_id       integer     not null references team (id),
    state         text        not null
                  check (state in ('PENDING', 'KEPT', 'LOST', 'EXPIRED', 'DELETED')),
    -- When the task ended; its team's days of retention count from then.
    ended_at      timestamptz not null,
    -- Since when it is not to be had any more.
    gone_at       timestamptz,
    -- Whether its file was removed from the store after that.
    removed       boolean     not null default false,

    constraint gone_has_time check ((state in ('LOST', 'EXPIRED', 'DELETED')) = (gone_at is not null)),
    constraint only_what_is_gone_is_removed check (gone_at is not null or not removed)
);

-- Ops ask: how long does the oldest copy wait?
create index archived_video_pending on archived_video (ended_at) where state = 'PENDING';

-- The sweep asks: whose days are over?
create index archived_video_kept on archived_video (team_id, ended_at) where state = 'KEPT';

-- The sweep asks: what is still to be removed from the store?
create index archived_video_to_remove on archived_video (generation_id) where gone_at is not null and not removed;

-- What is known of a video once it was copied.
alter table generation
    add column video_size   bigint check (video_size > 0),
    add column video_sha256 bytea  check (octet_length(video_sha256) = 32),
    add constraint copied_video_is_whole check ((video_size is null) = (video_sha256 is null));

-- Jobs, as db-scheduler has them: https://github.com/kagkarlsson/db-scheduler.
create table scheduled_tasks (
    task_name            text        not null,
    task_instance        text        not null,
    task_data            bytea,
    execution_time       timestamptz not null,
    picked               boolean     not null,
    picked_by            text,
    last_success         timestamptz,
    last_failure         timestamptz,
    consecutive_failures integer,
    last_heartbeat       timestamptz,
    version              bigint      not null,
    priority             smallint,
    primary key (task_name, task_instance)
);

-- The scheduler asks: what is due?
create index scheduled_tasks_due on scheduled_tasks (execution_time);

-- The scheduler asks: whose process has died?
create index scheduled_tasks_heartbeat on scheduled_tasks (last_heartbeat);

-- Copies have a scheduler of their own, so that slow ones hold up no other job.
create table scheduled_copies (like scheduled_tasks including all);
