-- Searching: each search has an index that gives it its pages, in the order of ids or so narrowed that sorting is nothing.

-- Ops ask: which of this team's tasks failed with this code, latest first? Most tasks succeed and are in none of these.
create index generation_team_error on generation (team_id, error_code, id) where error_code is not null;

-- Ops ask: which tasks ended with this code of upstream's?
create index generation_upstream_code on generation (upstream_code, id) where upstream_code is not null;

-- The day (in UTC, since 1970) on which a generation's id was made: ids begin with a time in milliseconds.
create function generation_day(id uuid) returns bigint language sql immutable strict parallel safe as $$
select ('x' || translate(left(id::text, 13), '-', ''))::bit(48)::bigint / 86400000
$$;

-- What a search for labels on a day looks for.
create function label_terms(day bigint, labels jsonb) returns bigint[] language plpgsql immutable parallel safe as $$
begin
    return array(select (day << 32) + (hashtext(key || '=' || value)::bigint & 4294967295)
                   from jsonb_each_text(labels));
end $$;

-- Ops ask: which tasks of this day have these labels? Written at once, and not put off until somebody has to wait.
create index generation_content_labels on generation_content
    using gin (label_terms(generation_day(generation_id), labels)) with (fastupdate = off)
    where labels is not null;

create view labelled_generation as
select c.generation_id as id, c.labels, label_terms(generation_day(c.generation_id), c.labels) as terms
  from generation_content c
 where c.labels is not null;

-- Words of prompts and error messages, for about a hundred tasks at a time that ended one after another. A search reads
-- the tasks of blocks that have all its words. Words and pairs of neighbours are told by numbers of 32 bits.
create table text_block (
    id       bigint      generated always as identity primary key,
    -- The end of the time in which the tasks ended: when everything before it is erased, so is the block.
    ended_by timestamptz not null,
    oldest   uuid        not null,
    newest   uuid        not null,
    ids      uuid[]      not null,
    words    integer[]   not null
);
alter table text_block alter column ids set storage external, alter column words set storage external;

-- Ops ask: which blocks have these words?
create index text_block_words on text_block using gin (words) with (fastupdate = off);

-- Up to which end of a task all are in blocks. One row.
create table text_indexed (
    id    integer     primary key default 1 check (id = 1),
    until timestamptz not null
);

insert into text_indexed (until) values ('epoch');

-- What is read to make blocks, and up to when there is nothing to be read any more.
create view generation_text as
select g.id, g.ended_at, c.request ->> 'prompt' as prompt, g.error_message, g.upstream_message
  from generation g
  left join generation_content c on c.generation_id = g.id;

create view erased_mark as select until from erased_until;

-- Before when everything that can end has ended for all to see: no transaction is running that began before then.
create function quiet_since() returns timestamptz language sql volatile as $$
select least(books_now(), min(xact_start))
  from pg_stat_activity
 where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()
$$;

create view known_lane as select name, livemode from lane;

-- Those that no block has: under way, or ended since.
create view unblocked_generation as
select g.id from generation g where g.state = 'QUEUED'
 union all
select g.id from generation g where g.state in ('SUBMITTING', 'SUBMITTED', 'RUNNING', 'IN_DOUBT')
 union all
select g.id from generation g where g.ended_at >= (select until from text_indexed);
