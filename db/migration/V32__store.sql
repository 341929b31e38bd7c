-- The mark by which a folder is known to be the store of media that all replicas share.

create table store_mark (
    id      integer primary key default 1 check (id = 1),
    mark    uuid    not null,
    -- Whether a folder has it; from then on a folder without it is not the store.
    settled boolean not null default false
);
