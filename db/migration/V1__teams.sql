-- Teams and their keys, operators, what operators did, and the secret that signs links.

-- What a person reads on one line.
create function is_display_name(name text) returns boolean language sql immutable parallel safe as $$
    select char_length(name) between 1 and 100 and name = btrim(name) and name !~ '[[:cntrl:]]'
$$;

-- At most 16 pairs of strings that callers tag their things with.
create function is_labels(labels jsonb) returns boolean language sql immutable parallel safe as $$
    select case when jsonb_typeof(labels) = 'object' then
        (select count(*) <= 16
                and coalesce(bool_and(key ~ '^[A-Za-z0-9._-]{1,64}$'
                                      and jsonb_typeof(value) = 'string'
                                      and char_length(value #>> '{}') <= 256), true)
           from jsonb_each(labels))
    else false end
$$;

create table team (
    id                 integer      generated always as identity primary key,
    name               text         not null check (is_display_name(name)),
    cost_center        text         check (is_display_name(cost_center)),
    -- The share of a lane, relative to other teams.
    weight             integer      not null default 1 check (weight between 1 and 1000),
    -- No cap of its own where null.
    max_in_flight      integer      check (max_in_flight between 1 and 1000),
    max_queued         integer      not null default 10000 check (max_queued between 1 and 1000000),
    retention_days     integer      not null default 90 check (retention_days between 1 and 3650),
    upload_quota_bytes bigint       not null default 10737418240
                       check (upload_quota_bytes between 0 and 1099511627776),
    suspended          boolean      not null default false,
    labels             jsonb        not null default '{}' check (is_labels(labels)),
    created_at         timestamptz  not null
);

-- People tell teams apart by name, and not by its case.
create unique index team_by_name on team (lower(name));

create table api_key (
    id                   integer      generated always as identity primary key,
    team_id              integer      not null references team (id),
    name                 text         not null check (is_display_name(name)),
    livemode             boolean      not null,
    -- SHA-256; a key has 256 random bits, so nothing slower is needed.
    hash                 bytea        not null unique check (octet_length(hash) = 32),
    redacted             text         not null
                         check (redacted ~ case when livemode then '^sk-live-…\w{4}$' else '^sk-sandbox-…\w{4}$' end),
    -- The secret before the last rotation, while it is still good.
    previous_hash        bytea        unique check (octet_length(previous_hash) = 32),
    previous_valid_until timestamptz,
    -- Public names of models; empty for all.
    models               text[]       not null default '{}' check (cardinality(models) <= 64),
    requests_per_minute  integer      not null default 6000 check (requests_per_minute between 1 and 1000000),
    queries_per_minute   integer      not null default 60000 check (queries_per_minute between 1 and 10000000),
    created_at           timestamptz  not null,
    last_used_at         timestamptz,
    expires_at           timestamptz,
    revoked_at           timestamptz,

    constraint previous_is_whole check ((previous_hash is null) = (previous_valid_until is null))
);

-- Admins ask: which keys does this team have?
create index api_key_team on api_key (team_id, id);

create table operator (
    id           integer      generated always as identity primary key,
    name         text         not null check (is_display_name(name)),
    role         text         not null check (role in ('admin', 'finance', 'ops')),
    hash         bytea        not null unique check (octet_length(hash) = 32),
    redacted     text         not null check (char_length(redacted) <= 20),
    -- The one whose key comes from the settings or the first start.
    bootstrap    boolean      not null default false,
    created_at   timestamptz  not null,
    last_used_at timestamptz,
    deleted_at   timestamptz,

    constraint bootstrap_is_admin check (not bootstrap or role = 'admin')
);

-- The audit trail names operators, so no two at a time share a name.
create unique index operator_name on operator (lower(name)) where deleted_at is null;

-- Replicas that start together ask: has another already made the first admin?
create unique index operator_bootstrap on operator (bootstrap) where bootstrap;

create table audit_entry (
    id          bigint      generated always as identity primary key,
    at          timestamptz not null,
    -- Null where the gateway itself acted, at its start.
    operator_id integer     references operator (id),
    actor       text        not null,
    action      text        not null check (action ~ '^[a-z_]+\.[a-z_]+$'),
    subject     text        not null,
    before      jsonb,
    after       jsonb,
    request_id  text
);

-- Admins ask: what happened to this?
create index audit_entry_subject on audit_entry (subject, id);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'integrity_constraint_violation';
end $$;

create trigger audit_entry_is_append_only before update or delete or truncate on audit_entry
    for each statement execute function refuse_change();

create table gateway_secret (
    -- One row at most: replicas that start together agree on it.
    id         integer     primary key default 1 check (id = 1),
    secret     bytea       not null check (octet_length(secret) >= 32),
    created_at timestamptz not null
);
