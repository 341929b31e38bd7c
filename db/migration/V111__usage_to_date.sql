-- Sums of each month, and of each two months, up to the end of each day, everything told apart: what is between two days is one
-- of them less another, and was three times as many sums of weeks, days and hours. Their time is that end.
alter type usage_level add value 'month_to_date_by_all';
alter type usage_level add value 'two_months_to_date_by_all';

-- Quarters of an hour that tell everything apart, instead of hours: they are hardly more, all other sums are sums of them, they are
-- part of every zone's hours, and at the edges of an odd range few tasks remain.
-- hour_by_all and week_by_all are no longer needed.
alter type usage_level add value 'quarter_by_all';

-- What reports of other zones by team and mode took from sums that tell keys apart, too, which are three times as many.
alter type usage_level add value 'month_by_team_and_price';
alter type usage_level add value 'week_by_team_and_price';
alter type usage_level add value 'day_by_team_and_price';
alter type usage_level add value 'six_hours_by_team_and_price';

-- Whose labels they are: a report of one label reads these teams' sums only. A row more is no harm.
create table label_set_team (
    label_set_id integer not null references label_set,
    team_id      integer not null references team,
    primary key (label_set_id, team_id)
);

-- Which team has this key?
create or replace view known_key as
    select id, name, team_id from api_key;

-- All sums are made anew: each team's side by side, as reports read them, which takes them half the time.
lock table usage_summed;
truncate usage_sum;
-- A replica of the former version must not find the mark: it would look for sums that there are no more.
alter table usage_summed rename complete_until to summed_until;
update usage_summed set summed_until = 'epoch', month_until = 'epoch';

create or replace function forget_usage_sums() returns trigger language plpgsql as $$
declare
    zone text        := (select b.zone from books b);
    day  timestamptz := date_trunc('day', new.posted_at, zone);
    mark timestamptz;
begin
    select summed_until into mark from usage_summed for update;
    if mark > new.posted_at then
        delete from usage_sum
         where at >= case when level::text like '%to_date%' then day + interval '1 second'
                          when level::text like 'month%' then date_trunc('month', day, zone)
                          when level::text like 'week%' then date_trunc('week', day, zone)
                          when level::text like 'hour%' then date_trunc('hour', day, 'UTC')
                          else day end;
        update usage_summed
           set summed_until = least(summed_until, day), month_until = least(month_until, date_trunc('month', day, zone));
    end if;
    return new;
end $$;
