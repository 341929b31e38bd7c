-- A new value of an enumeration can't be used by what adds it, so this comes in a migration of its own.
lock table usage_summed;

-- The sums are those that tell keys apart, too, added up.
insert into usage_sum (at, level, team_id, key_id, price_id, label_set_id, livemode, tasks, completed, cancelled, seconds,
                       billed_seconds, gross, charged, adjusted)
select at,
       case level when 'month_to_date_by_all' then 'month_to_date_by_labels_and_price'::usage_level
                  else 'two_months_to_date_by_labels_and_price' end,
       team_id, 0, price_id, label_set_id, livemode, sum(tasks), sum(completed), sum(cancelled), sum(seconds),
       sum(billed_seconds), sum(gross), sum(charged), sum(adjusted)
  from usage_sum
 where level in ('month_to_date_by_all', 'two_months_to_date_by_all')
 group by 1, 2, 3, 5, 6, 7
 order by 2, 3, 1;

-- A replica of the former version must not find the mark, or it would move it on without these sums.
alter table usage_summed rename summed_until to sums_until;

create or replace function forget_usage_sums() returns trigger language plpgsql as $$
declare
    zone text        := (select b.zone from books b);
    day  timestamptz := date_trunc('day', new.posted_at, zone);
    mark timestamptz;
begin
    select sums_until into mark from usage_summed for update;
    if mark > new.posted_at then
        delete from usage_sum
         where at >= case when level::text like '%to_date%' then day + interval '1 second'
                          when level::text like 'month%' then date_trunc('month', day, zone)
                          when level::text like 'week%' then date_trunc('week', day, zone)
                          when level::text like 'hour%' then date_trunc('hour', day, 'UTC')
                          else day end;
        update usage_summed
           set sums_until = least(sums_until, day), month_until = least(month_until, date_trunc('month', day, zone));
    end if;
    return new;
end $$;
