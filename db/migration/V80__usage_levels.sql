-- Sums that tell less apart, for years by day and months by hour in other zones than the books', and for teams there.
alter type usage_level add value 'day_by_team' after 'month';
alter type usage_level add value 'hour_by_team' before 'hour_by_price';
alter type usage_level add value 'hour' before 'hour_by_team';
alter type usage_level add value 'quarter' before 'quarter_by_price';

-- All sums are made anew, as there are none of these yet.
truncate usage_sum;
update usage_summed set until = 'epoch';

-- As before, for all levels of hours.
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
                          when level::text like 'hour%' then date_trunc('hour', day, 'UTC')
                          else day end;
        update usage_summed set until = least(until, day);
    end if;
    return new;
end $$;
