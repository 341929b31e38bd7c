-- Alibaba's bills, and what they are compared with besides our charges.

-- What the books may read of upstream tasks that no generation is known to have made.
create view unclaimed_upstream_task as
select s.upstream_task_id, l.upstream_model, s.upstream_created_at, s.ended, s.seconds, s.sr, s.foreign_task
  from stray_task s
  join lane l on l.name = s.lane
 where s.adopted_by is null and l.livemode;

-- Alibaba's bill of a month, as it was imported last.
create table bill (
    month       date        primary key check (extract(day from month) = 1),
    imported_at timestamptz not null,
    imported_by text        not null,
    -- Of the file as it came, so that people can tell which it was.
    sha256      bytea       not null,
    lines       integer     not null check (lines >= 0),
    -- Lines about models that no lane of ours is for, and what they come to.
    other_lines  integer        not null check (other_lines >= 0),
    other_amount numeric(20, 8) not null
);

-- The bill by model and day; a refund takes off.
create table bill_day (
    month          date           not null references bill (month) on delete cascade,
    day            date           not null,
    upstream_model text           not null,
    lines          integer        not null check (lines > 0),
    -- Null where the bill names none.
    seconds        numeric(20, 4),
    amount         numeric(20, 8) not null,
    primary key (month, day, upstream_model),
    check (date_trunc('month', day) = month)
);

-- What the books may read of the lanes: which of Alibaba's models can cost us anything.
create view known_upstream_model as
    select upstream_model as name from lane where livemode;
