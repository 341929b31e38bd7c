-- Following many tasks, tasks that upstream forgets, and an honest place in the queue.

-- What upstream last said about a task, and since when it has said that it knows no such task.
alter table generation
    add column answered_at   timestamptz,
    add column unknown_since timestamptz,
    add column unknowns      smallint not null default 0,
    -- The number of its team's tasks that had come into its lane when it came, itself included.
    add column place         bigint;

alter table queue add column accepted bigint not null default 0;
update queue set accepted = queued;

-- The limits of the setting or the catalogue, which hold where ops have set none.
alter table lane
    add column default_max_in_flight          integer       not null default 1,
    add column default_submissions_per_second numeric(8, 3) not null default 1;

-- Lanes with so many live tasks that listing them saves queries: when to list again, and when it was done last.
create table list_sweep (
    lane    text        primary key references lane (name),
    due_at  timestamptz not null default 'epoch',
    done_at timestamptz not null default 'epoch'
) with (fillfactor = 50);

-- What a waiting team can expect of a lane.
create view lane_outlook as
select l.name, l.paused or l.stopped_reason is not null as standing,
       coalesce(l.max_in_flight, l.default_max_in_flight) as slots,
       coalesce(l.submissions_per_second, l.default_submissions_per_second) as starts_per_second,
       (select count(*) from generation g
         where g.lane = l.name and g.state in ('SUBMITTING', 'SUBMITTED', 'RUNNING', 'IN_DOUBT')) as in_processing,
       (select sum(r.mean_seconds * least(r.samples, 20)) / sum(least(r.samples, 20))
          from run_time r where r.lane = l.name) as mean_seconds
  from lane l;

-- Where a waiting task stands among its team's: counted up to 100. Beyond that from the counters, which take those
-- behind it that were cancelled for gone before it.
create function queue_position(g generation) returns bigint
    language sql stable as $$
select case when near.older < 100 then near.older + 1
            else greatest(101, g.place - (select q.accepted - q.queued from queue q
                                           where q.lane = g.lane and q.team_id = g.team_id)) end
  from (select count(*) as older
          from (select 1
                  from generation o
                 where o.lane = g.lane and o.team_id = g.team_id and o.state = 'QUEUED' and o.id < g.id
                 limit 100) o) near
$$;
