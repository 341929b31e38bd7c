-- Usage at size: an index that has what reports add up, and the sums that answer most of them.

-- Reports ask: what did this team settle in this time? It has all that they add up, so that the rows are not read.
create index generation_settled on generation (team_id, livemode, ended_at)
    include (key_id, price_id, seconds, state, billed_seconds, maximum_cost, charged)
    where state in ('SUCCEEDED', 'FAILED', 'CANCELLED');

-- As before, with the price that a task was accepted under.
create or replace view settled_generation as
select g.id, g.team_id, g.key_id, g.livemode, g.model, g.mode, g.resolution, g.audio, g.seconds, g.state,
       g.maximum_cost, g.charged, g.billed_seconds, g.ended_at as settled_at, g.price_id
  from generation g
 where g.state in ('SUCCEEDED', 'FAILED', 'CANCELLED')
 union all
select g.id, g.team_id, g.key_id, g.livemode, g.model, g.mode, g.resolution, g.audio, g.seconds, g.state,
       g.maximum_cost, g.charged, g.billed_seconds, e.posted_at, g.price_id
  from generation g
  join ledger_entry e on e.generation_id = g.id
                     and e.kind = case when g.charged > 0 then 'charge' else 'release' end
 where g.state = 'LOST' and g.charged is not null;

create or replace view outstanding_generation as
select g.id, g.team_id, g.key_id, g.livemode, g.model, g.mode, g.resolution, g.audio, g.maximum_cost, g.price_id
  from generation g
 where g.state = 'QUEUED'
 union all
select g.id, g.team_id, g.key_id, g.livemode, g.model, g.mode, g.resolution, g.audio, g.maximum_cost, g.price_id
  from generation g
 where g.state in ('SUBMITTING', 'SUBMITTED', 'RUNNING', 'IN_DOUBT')
 union all
select g.id, g.team_id, g.key_id, g.livemode, g.model, g.mode, g.resolution, g.audio, g.maximum_cost, g.price_id
  from generation g
 where g.state = 'LOST' and g.charged is null;

create or replace view posted_adjustment as
select e.id as entry_id, g.id, e.team_id, g.key_id, e.livemode, g.model, g.mode, g.resolution, g.audio,
       e.amount, e.posted_at, e.reason, g.price_id
  from ledger_entry e
  left join generation g on g.id = e.generation_id
 where e.kind = 'adjustment';

-- What reports add up, one by one: tasks when they were settled, corrections when they were posted.
-- A correction that is about no task has the key 0 and the price 0.
create view usage_fact as
select g.id, g.settled_at as at, g.livemode, g.team_id, g.key_id, g.price_id, 1 as tasks,
       (g.state = 'SUCCEEDED')::integer as completed, (g.state = 'CANCELLED')::integer as cancelled,
       g.seconds::integer as seconds, coalesce(g.billed_seconds, 0) as billed_seconds, g.maximum_cost as gross,
       g.charged, 0::numeric as adjusted
  from settled_generation g
 union all
select a.id, a.posted_at, a.livemode, a.team_id, coalesce(a.key_id, 0), coalesce(a.price_id, 0), 0, 0, 0, 0,
       0::numeric, 0::numeric, 0::numeric, a.amount
  from posted_adjustment a;

-- Which units of time there are sums of, and what they tell apart: a price stands for model, mode, resolution and sound.
create type usage_level as enum
    ('month', 'day', 'day_by_price', 'hour_by_price', 'hour_by_key', 'quarter_by_price');

-- Sums of the facts of whole units of time that are over. What a level does not tell apart is 0.
create table usage_sum (
    at             timestamptz    not null,
    level          usage_level    not null,
    team_id        integer        not null,
    key_id         integer        not null,
    price_id       integer        not null,
    tasks          integer        not null,
    completed      integer        not null,
    cancelled      integer        not null,
    seconds        integer        not null,
    livemode       boolean        not null,
    billed_seconds numeric(16, 4) not null,
    gross          numeric(20, 8) not null,
    charged        numeric(20, 8) not null,
    adjusted       numeric(20, 8) not null,
    -- Reports ask: what are this team's sums of this time?
    primary key (level, livemode, team_id, at, key_id, price_id)
);

-- Up to when everything is in the sums. One row.
create table usage_summed (
    id    integer     primary key default 1 check (id = 1),
    until timestamptz not null
);

insert into usage_summed (until) values ('epoch');

-- What is posted in the past is in no sum: those of its day and of all that follow are made anew. Only hands that
-- write into the database, and clocks that are set back, post in the past.
create function forget_usage_sums() returns trigger language plpgsql as $$
declare
    zone text        := (select b.zone from books b);
    day  timestamptz := date_trunc('day', new.posted_at, zone);
begin
    perform from usage_summed where until > new.posted_at for update;
    if found then
        delete from usage_sum
         where at >= case when level = 'month' then date_trunc('month', day, zone)
                          when level in ('hour_by_price', 'hour_by_key') then date_trunc('hour', day, 'UTC')
                          else day end;
        update usage_summed set until = least(until, day);
    end if;
    return new;
end $$;

create trigger ledger_entry_in_the_past after insert on ledger_entry
    for each row when (new.kind <> 'hold' and new.posted_at < now() - interval '1 minute')
    execute function forget_usage_sums();
