-- Sums of hours that tell everything apart: reports by labels with anything else added up as much as a whole day task by task,
-- and a busy one has 33,000.
alter type usage_level add value 'hour_by_all' before 'quarter';

-- The labels that tasks had when they were added up: a sum has their number, a quarter of their size.
create table label_set (
    id     integer generated always as identity primary key,
    labels jsonb   not null,
    -- Summing up asks: which number do these labels have? Labels may be longer than an entry of a B-tree.
    constraint label_set_labels exclude using hash (labels with =)
);

-- All sums are made anew: with numbers instead of labels, and of these hours there are none yet.
drop table usage_sum;
create table usage_sum (
    at             timestamptz    not null,
    level          usage_level    not null,
    team_id        integer        not null,
    key_id         integer        not null,
    price_id       integer        not null,
    -- 0 where labels are not told apart, and where there are none.
    label_set_id   integer        not null,
    tasks          integer        not null,
    completed      integer        not null,
    cancelled      integer        not null,
    seconds        integer        not null,
    livemode       boolean        not null,
    billed_seconds numeric(16, 4) not null,
    gross          numeric(20, 8) not null,
    charged        numeric(20, 8) not null,
    adjusted       numeric(20, 8) not null
);
alter table usage_sum set (autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);

-- Reports ask: what are this team's sums of this time?
create index usage_sum_time on usage_sum (level, livemode, team_id, at);

update usage_summed set until = 'epoch';
