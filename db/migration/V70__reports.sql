-- Reports and statements: what they take from closed months, why tasks failed, and sums by label.

-- Reports ask: what was held when this month was closed?
create index closed_usage_held on closed_usage (month, team_id) where held > 0;

-- What was held, with a price that stands for the same model, mode, resolution and sound.
create view closed_hold as
select u.month, u.livemode, u.team_id, coalesce(u.key_id, 0) as key_id, u.labels, u.held,
       (select min(p.id)
          from price p
         where p.model = u.model and p.mode = u.mode and p.resolution = u.resolution and p.audio = u.audio) as price_id
  from closed_usage u
 where u.held > 0;

-- Statements ask: why did tasks fail?
create view failed_generation as
select g.id, g.team_id, g.livemode, g.ended_at as at, g.error_code
  from generation g
 where g.state in ('FAILED', 'CANCELLED');

-- Sums by team and labels, for reports by label. Where every task has labels of its own, this is a row for each task.
alter type usage_level add value 'day_by_labels' before 'hour_by_price';

alter table usage_sum
    add column labels jsonb,
    drop constraint usage_sum_pkey;

-- Reports ask: what are this team's sums of this time?
create index usage_sum_time on usage_sum (level, livemode, team_id, at);

-- All sums are made anew, as there are none by labels yet.
delete from usage_sum;
update usage_summed set until = 'epoch';

-- As before, but the mark is locked before it is looked at: summing up may be about to move it.
create or replace function forget_usage_sums() returns trigger language plpgsql as $$
declare
    zone text        := (select b.zone from books b);
    day  timestamptz := date_trunc('day', new.posted_at, zone);
    mark timestamptz;
begin
    select until into mark from usage_summed for update;
    if mark > new.posted_at then
        delete from usage_sum
         where at >= case when level = 'month' then date_trunc('month', day, zone)
                          when level in ('hour_by_price', 'hour_by_key') then date_trunc('hour', day, 'UTC')
                          else day end;
        update usage_summed set until = least(until, day);
    end if;
    return new;
end $$;
