-- Sums of a quarter of a day that tell everything apart: the hours of today and at the edges of a report were three times as many.
-- With them hour_by_labels_and_key is no longer needed, a fifth of all sums; values of an enum can't be dropped.
alter type usage_level add value 'six_hours_by_all' before 'hour';

-- Money and seconds billed as whole numbers: adding numerics took longer than reading them, as each group keeps a state of its
-- own for each. Hundred-millionths of a yuan are what the books keep, so nothing is rounded; too much for a bigint is an error.
-- First the mark, as whoever adds up does.
lock table usage_summed;
drop table usage_sum;
create table usage_sum (
    at             timestamptz not null,
    level          usage_level not null,
    team_id        integer     not null,
    key_id         integer     not null,
    price_id       integer     not null,
    -- 0 where labels are not told apart, and where there are none.
    label_set_id   integer     not null,
    tasks          integer     not null,
    completed      integer     not null,
    cancelled      integer     not null,
    seconds        integer     not null,
    -- In ten-thousandths.
    billed_seconds bigint      not null,
    -- In hundred-millionths of a yuan.
    gross          bigint      not null,
    charged        bigint      not null,
    adjusted       bigint      not null,
    livemode       boolean     not null
);
alter table usage_sum set (autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);

-- Reports ask: what are this team's sums of this time?
create index usage_sum_time on usage_sum (level, livemode, team_id, at);

-- As sum, without the numeric that it makes of bigints.
create aggregate exact_sum (bigint) (sfunc = int8pl, stype = bigint, initcond = '0', combinefunc = int8pl, parallel = safe);

-- The facts in the units of the sums.
create view usage_fact_in_units as
select f.id, f.at, f.livemode, f.team_id, f.key_id, f.price_id, f.tasks, f.completed, f.cancelled, f.seconds,
       (f.billed_seconds * 10000)::bigint as billed_seconds, (f.gross * 100000000)::bigint as gross,
       (f.charged * 100000000)::bigint as charged, (f.adjusted * 100000000)::bigint as adjusted
  from usage_fact f;

-- A replica of the former version would add up money as before, which is not in these units: so it must not find the mark.
alter table usage_summed rename until to complete_until;

-- The sums of the month that is not over go up to the end of a day: the start of a month, where there are none.
alter table usage_summed add month_until timestamptz not null default 'epoch';
alter table usage_summed alter month_until drop default;
update usage_summed set complete_until = 'epoch';

create or replace function forget_usage_sums() returns trigger language plpgsql as $$
declare
    zone text        := (select b.zone from books b);
    day  timestamptz := date_trunc('day', new.posted_at, zone);
    mark timestamptz;
begin
    select complete_until into mark from usage_summed for update;
    if mark > new.posted_at then
        delete from usage_sum
         where at >= case when level::text like 'month%' then date_trunc('month', day, zone)
                          when level::text like 'week%' then date_trunc('week', day, zone)
                          when level::text like 'hour%' then date_trunc('hour', day, 'UTC')
                          else day end;
        update usage_summed
           set complete_until = least(complete_until, day), month_until = least(month_until, date_trunc('month', day, zone));
    end if;
    return new;
end $$;
