-- Sums of weeks: the days of a month that is not over, or of another zone, were added up one by one, and with everything told
-- apart a day is a thousand sums.
alter type usage_level add value 'week_by_price' before 'day';
alter type usage_level add value 'week_by_team' before 'day';
alter type usage_level add value 'week_by_key' before 'day';
alter type usage_level add value 'week' before 'day';
alter type usage_level add value 'week_by_labels' before 'day';
alter type usage_level add value 'week_by_labels_and_price' before 'day';

-- All sums are made anew, as there are none of these yet.
truncate usage_sum;
update usage_summed set until = 'epoch';

-- As before, for weeks, too.
create or replace function forget_usage_sums() returns trigger language plpgsql as $$
declare
    zone text        := (select b.zone from books b);
    day  timestamptz := date_trunc('day', new.posted_at, zone);
    mark timestamptz;
begin
    select until into mark from usage_summed for update;
    if mark > new.posted_at then
        delete from usage_sum
         where at >= case when level::text like 'month%' then date_trunc('month', day, zone)
                          when level::text like 'week%' then date_trunc('week', day, zone)
                          when level::text like 'hour%' then date_trunc('hour', day, 'UTC')
                          else day end;
        update usage_summed set until = least(until, day);
    end if;
    return new;
end $$;
