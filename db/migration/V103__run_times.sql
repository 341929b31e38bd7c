-- Run times by day: percentiles of a day that is over, once for all, as they can't be put together from others.

create table day_times (
    day        date    not null,
    lane       text    not null,
    tasks      integer not null,
    queued_p50 numeric not null,
    queued_p95 numeric not null,
    queued_p99 numeric not null,
    ran_p50    numeric not null,
    ran_p95    numeric not null,
    ran_p99    numeric not null,
    primary key (day, lane)
);

-- The first day that is not there yet. One row.
create table day_times_kept (
    id    integer primary key default 1 check (id = 1),
    until date    not null
);

insert into day_times_kept (until) values ('-infinity');

-- Run times by day and lane of what was completed in a time: team by team, as the index has them.
create function run_times_between(start timestamptz, stop timestamptz)
    returns table (day date, lane text, tasks integer, queued_p50 numeric, queued_p95 numeric, queued_p99 numeric,
                   ran_p50 numeric, ran_p95 numeric, ran_p99 numeric)
    language sql stable as $$
select t.day, t.lane, t.tasks, t.queued[1]::numeric, t.queued[2]::numeric, t.queued[3]::numeric,
       t.ran[1]::numeric, t.ran[2]::numeric, t.ran[3]::numeric
  from (select (c.ended_at at time zone (select b.zone from books b))::date as day, c.lane,
               count(*)::integer as tasks,
               percentile_cont(array[0.5, 0.95, 0.99]) within group (
                   order by extract(epoch from c.submitted_at - c.created_at)::double precision) as queued,
               percentile_cont(array[0.5, 0.95, 0.99]) within group (
                   order by extract(epoch from c.ended_at - c.submitted_at)::double precision) as ran
          from team m
         cross join (values (true), (false)) l (livemode)
         cross join lateral (select g.lane, g.created_at, g.submitted_at, g.ended_at
                               from generation g
                              where g.team_id = m.id and g.livemode = l.livemode and g.ended_at >= start
                                and g.ended_at < stop and g.state = 'SUCCEEDED'
                             offset 0) c
         group by 1, 2) t
$$;

-- What a new gateway begins with: the day on which its first task was accepted.
create view first_day as
select (g.created_at at time zone b.zone)::date as day
  from books b
 cross join lateral (select created_at from generation order by id limit 1) g;
