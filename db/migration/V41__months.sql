-- Months of the books: corrections, what closing freezes, and what a closed month takes no more.

-- The month that an adjustment corrects, which may be closed.
alter table ledger_entry
    add column corrects date check (extract(day from corrects) = 1),
    add constraint only_adjustments_correct check (corrects is null or kind = 'adjustment'),
    add constraint nothing_to_come_is_corrected check (corrects <= month);

-- Requests for adjustments, each under the key that its operator gave it: a repeated one posts nothing.
create table adjustment_request (
    operator_id     integer     not null references operator (id),
    idempotency_key text        not null,
    request         jsonb       not null,
    entry_id        bigint      not null unique references ledger_entry (id),
    created_at      timestamptz not null,
    primary key (operator_id, idempotency_key)
);

-- What counts in a month must be posted before it is closed. A hold counts only when it is settled.
create function refuse_closed_month() returns trigger language plpgsql as $$
begin
    if exists (select from period p where p.month = new.month and p.closed_at is not null) then
        raise exception '% is closed', to_char(new.month, 'YYYY-MM') using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;

create trigger ledger_entry_month_is_open before insert on ledger_entry
    for each row when (new.kind <> 'hold') execute function refuse_closed_month();

-- Closing is for ever.
create trigger period_stays_closed before update or delete on period
    for each row when (old.closed_at is not null) execute function refuse_change();

-- The names of teams and keys as they were when a month was closed.
create table closed_team (
    month       date    not null references period (month),
    team_id     integer not null references team (id),
    name        text    not null,
    cost_center text,
    primary key (month, team_id)
);

create table closed_key (
    month  date    not null references period (month),
    key_id integer not null references api_key (id),
    name   text    not null,
    primary key (month, key_id)
);

-- The figures of a closed month, by hour and by all that reports group by. What was held at closing is in its last hour.
create table closed_usage (
    month          date           not null references period (month),
    hour           timestamptz    not null,
    livemode       boolean        not null,
    team_id        integer        not null references team (id),
    key_id         integer        references api_key (id),
    model          text,
    mode           text,
    resolution     text,
    audio          boolean,
    labels         jsonb,
    tasks          bigint         not null,
    completed      bigint         not null,
    cancelled      bigint         not null,
    seconds        bigint         not null,
    billed_seconds numeric(20, 4) not null,
    gross          numeric(20, 8) not null,
    charged        numeric(20, 8) not null,
    adjusted       numeric(20, 8) not null,
    held           numeric(20, 8) not null
);

-- Reports ask: what did this month come to, for this team?
create index closed_usage_month on closed_usage (month, team_id);

create trigger closed_team_is_append_only before update or delete or truncate on closed_team
    for each statement execute function refuse_change();

create trigger closed_key_is_append_only before update or delete or truncate on closed_key
    for each statement execute function refuse_change();

create trigger closed_usage_is_append_only before update or delete or truncate on closed_usage
    for each statement execute function refuse_change();

-- What the books must agree with, task by task.
create view accounted_generation as
    select id, team_id, livemode, state, maximum_cost, charged, excess, ended_at from generation;

-- What the books may read of keys.
create view known_key as
    select id, name from api_key;
