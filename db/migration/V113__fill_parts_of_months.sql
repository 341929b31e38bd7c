-- A new value of an enumeration can't be used by what adds it, so this comes in a migration of its own.
lock table usage_summed;

-- There are some from the first month on in which they spare time, if any.
alter table usage_summed add parts_from timestamptz;

create temporary table month on commit drop as
select m.month at time zone b.zone as start, (m.month + interval '1 month') at time zone b.zone as stop, m.sums
  from books b
 cross join lateral (select date_trunc('month', s.at at time zone b.zone) as month, count(*) as sums
                       from usage_sum s
                      where s.level = 'day_by_all'
                      group by 1) m;

update usage_summed
   set parts_from = (select min(m.start) from month m where m.sums > 20000)
 where not exists (select from label_set where id > 2000);

delete from usage_sum s
 using usage_summed u
 where s.level = 'two_months_to_date_by_all'
    or s.level = 'month_to_date_by_all' and s.at <= coalesce(u.parts_from, 'infinity');

insert into usage_sum (at, level, team_id, key_id, price_id, label_set_id, livemode, tasks, completed, cancelled, seconds,
                       billed_seconds, gross, charged, adjusted)
select d.start, 'rest_of_month_by_all', s.team_id, s.key_id, s.price_id, s.label_set_id, s.livemode, sum(s.tasks),
       sum(s.completed), sum(s.cancelled), sum(s.seconds), sum(s.billed_seconds), sum(s.gross), sum(s.charged), sum(s.adjusted)
  from books b
 cross join usage_summed u
  join month m on m.start >= u.parts_from and m.stop <= u.summed_until
 cross join lateral (select (m.start at time zone b.zone + make_interval(days => n)) at time zone b.zone as start
                       from generate_series(0, 30) n) d
  join usage_sum s on s.level = 'day_by_all' and date_trunc('month', s.at at time zone b.zone) at time zone b.zone = m.start
                  and s.at >= d.start
 where d.start < m.stop
 group by 1, 3, 4, 5, 6, 7
 order by 3, 1;

insert into usage_sum (at, level, team_id, key_id, price_id, label_set_id, livemode, tasks, completed, cancelled, seconds,
                       billed_seconds, gross, charged, adjusted)
select at,
       case level when 'month_to_date_by_all' then 'month_to_date_by_labels_and_price'::usage_level
                  else 'rest_of_month_by_labels_and_price' end,
       team_id, 0, price_id, label_set_id, livemode, sum(tasks), sum(completed), sum(cancelled), sum(seconds),
       sum(billed_seconds), sum(gross), sum(charged), sum(adjusted)
  from usage_sum
 where level in ('month_to_date_by_all', 'rest_of_month_by_all')
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
                          when level::text like '%month%' then date_trunc('month', day, zone)
                          when level::text like 'week%' then date_trunc('week', day, zone)
                          when level::text like 'hour%' then date_trunc('hour', day, 'UTC')
                          else day end;
        update usage_summed
           set sums_until = least(sums_until, day), month_until = least(month_until, date_trunc('month', day, zone));
    end if;
    return new;
end $$;
