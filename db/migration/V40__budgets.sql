-- Budgets: what they are reckoned by, and the events of their soft thresholds.

-- What the books may read of teams.
create view known_team as
    select id, name, cost_center from team;

-- When a month of the books begins.
create function books_month_start(month date) returns timestamptz
    language sql stable as 'select month::timestamp at time zone zone from books';

-- When the month after the present one begins, and budgets start anew.
create function books_next_month() returns timestamptz
    language sql stable as 'select books_month_start((books_month(books_now()) + interval ''1 month'')::date)';

-- Raise an event for each soft threshold that is reached, once per month and limit.
create function note_thresholds(p_team_id integer, p_limit numeric, p_thresholds integer[], p_used numeric) returns void
    language plpgsql as $$
begin
    insert into budget_event (team_id, month, monthly_limit, threshold, reached_at)
    select p_team_id, books_month(books_now()), p_limit, threshold, books_now()
      from unnest(p_thresholds) threshold
     where p_used >= p_limit * threshold / 100
    on conflict do nothing;
end $$;

-- The same where a team's money moved otherwise than by accepting. Called under the lock of the team's account.
create function note_thresholds(p_team_id integer) returns void
    language sql as $$
    select note_thresholds(b.team_id, b.monthly_limit, b.soft_thresholds, coalesce(m.spent, 0) + coalesce(a.held, 0))
      from budget b
      left join account a on a.team_id = b.team_id and a.livemode
      left join account_month m on m.team_id = b.team_id and m.livemode and m.month = books_month(books_now())
     where b.team_id = p_team_id
$$;
