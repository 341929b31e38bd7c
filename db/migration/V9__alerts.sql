-- Alerts: what needs a person.

create table alert (
    id              integer     generated always as identity primary key,
    kind            text        not null check (kind ~ '^[a-z][a-z_]{0,63}$'),
    subject         text        not null,
    detail          text        not null,
    since           timestamptz not null,
    acknowledged_at timestamptz,
    acknowledged_by integer     references operator (id),
    resolved_at     timestamptz,

    constraint acknowledged_by_someone check ((acknowledged_at is null) = (acknowledged_by is null))
);

-- Whoever raises an alert asks: is it open already?
create unique index alert_open on alert (kind, subject) where resolved_at is null;
