-- Erasure: prompts, URLs and timelines go, the books stay.

-- Null once it was erased.
alter table generation_content alter column request drop not null;

-- Up to which end of a task everything was erased. One row.
create table erased_until (
    id    integer     primary key default 1 check (id = 1),
    until timestamptz not null
);

insert into erased_until (until) values ('epoch');
