-- Sums of months by labels, and of a team's hours by price: both were added up from many more rows.
alter type usage_level add value 'month_by_labels_and_price' after 'month';
alter type usage_level add value 'hour_by_team_and_price' before 'quarter';

-- All sums are made anew, as there are none of these yet.
truncate usage_sum;
update usage_summed set until = 'epoch';

-- As before, for all levels of months.
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
                          when level::text like 'hour%' then date_trunc('hour', day, 'UTC')
                          else day end;
        update usage_summed set until = least(until, day);
    end if;
    return new;
end $$;
