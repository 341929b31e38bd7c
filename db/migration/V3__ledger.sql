-- The books: every hold, charge, release and adjustment, and the sums that accepting needs at once.

-- The zone in which budgets, months and closing are cut. One row.
create table books (
    id   integer primary key default 1 check (id = 1),
    zone text    not null
);

insert into books (zone) values ('Asia/Shanghai');

-- The time that the books go by: the database's, the same throughout a transaction.
create function books_now() returns timestamptz
    language sql stable as 'select now()';

-- The month of the books that a time falls into, as its first day.
create function books_month(at timestamptz) returns date
    language sql stable as 'select date_trunc(''month'', at at time zone zone)::date from books';

-- A month of the books. Posting holds its row for share, closing for update.
create table period (
    month     date        primary key check (extract(day from month) = 1),
    closed_at timestamptz,
    closed_by text,
    check ((closed_at is null) = (closed_by is null))
);

create table ledger_entry (
    id            bigint         generated always as identity primary key,
    generation_id uuid,
    team_id       integer        not null references team (id),
    livemode      boolean        not null,
    kind          text           not null check (kind in ('hold', 'charge', 'release', 'adjustment')),
    number        smallint       not null default 1 check (number > 0),
    amount        numeric(20, 8) not null,
    month         date           not null,
    posted_at     timestamptz    not null,
    reason        text,
    actor         text,
    check (amount >= 0 or kind = 'adjustment'),
    -- Only adjustments may stand without a generation, and they say why.
    check (generation_id is not null or kind = 'adjustment'),
    check (kind <> 'adjustment' or reason is not null),
    -- A generation is held, charged and released once each; replaying a step changes nothing.
    check (kind = 'adjustment' or number = 1),
    unique (generation_id, kind, number)
);

-- Reports ask: what was posted in this time? Entries come in the order of time, so a few pages tell.
create index ledger_entry_posted on ledger_entry using brin (posted_at);

-- Reports ask: which adjustments does a month have?
create index ledger_entry_adjustment on ledger_entry (posted_at, team_id) where kind = 'adjustment';

create trigger ledger_entry_is_append_only before update or delete or truncate on ledger_entry
    for each statement execute function refuse_change();

-- What is outstanding for a team now: the sum of its open holds. Changed in the transaction that posts.
-- Its row lock orders everything that may spend a team's money.
create table account (
    team_id  integer        not null references team (id),
    livemode boolean        not null,
    held     numeric(20, 8) not null default 0 check (held >= 0),
    primary key (team_id, livemode)
) with (fillfactor = 50);

-- What a team spent in a month: the sum of its charges and adjustments. Changed in the transaction that posts.
create table account_month (
    team_id  integer        not null references team (id),
    livemode boolean        not null,
    month    date           not null,
    spent    numeric(20, 8) not null default 0,
    primary key (team_id, livemode, month)
) with (fillfactor = 50);

-- What a team may spend in a month. No row, no limit.
create table budget (
    team_id         integer        primary key references team (id),
    monthly_limit   numeric(20, 8) not null check (monthly_limit >= 0),
    soft_thresholds integer[]      not null default '{50,80,100}',
    updated_at      timestamptz    not null
);

-- A soft threshold that was passed: once per month and limit.
create table budget_event (
    team_id       integer        not null references team (id),
    month         date           not null,
    monthly_limit numeric(20, 8) not null,
    threshold     integer        not null,
    reached_at    timestamptz    not null,
    primary key (team_id, month, monthly_limit, threshold)
);
