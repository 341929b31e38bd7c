-- Uploads: images and videos that teams bring, kept for a while.

create table upload (
    id         uuid        primary key,
    team_id    integer     not null references team (id),
    livemode   boolean     not null,
    kind       text        not null check (kind in ('image', 'video')),
    mime_type  text        not null,
    size       bigint      not null check (size > 0),
    sha256     bytea       not null check (octet_length(sha256) = 32),
    width      bigint      not null check (width > 0),
    height     bigint      not null check (height > 0),
    created_at timestamptz not null,
    expires_at timestamptz not null,
    -- False while the file is on its way into the store.
    stored     boolean     not null default false,
    -- Since when it is not to be had any more; the row goes once the file is gone.
    gone_at    timestamptz
);

-- Whoever brings a file asks: does the team have it already? A team has each file once.
create unique index upload_content on upload (team_id, livemode, sha256) where gone_at is null;

-- Whoever brings a file asks: how much does the team keep?
create index upload_size on upload (team_id) include (size);

-- The sweep asks: what was kept long enough?
create index upload_expiry on upload (expires_at) where gone_at is null;

-- The sweep asks: what was never filled?
create index upload_unfilled on upload (created_at) where not stored;

-- The sweep asks: what is still to be removed?
create index upload_gone on upload (id) where gone_at is not null;

-- Files in DashScope's temporary storage: one for each upload and model that has used it.
create table temporary_copy (
    upload_id      uuid        not null references upload (id) on delete cascade,
    upstream_model text        not null,
    -- Whoever shares our account could use it, so it is never shown.
    address        text        not null check (address like 'oss://%'),
    expires_at     timestamptz not null,
    primary key (upload_id, upstream_model)
);
