-- Usage: what reports count, task by task.

-- Reports ask: what was settled in this time? Tasks end about in the order of their making, so a few pages tell.
create index generation_ended on generation using brin (ended_at) with (autosummarize = on);

-- Reports ask: which lost tasks were written off, and which are still held for?
create index generation_lost on generation (id) where state = 'LOST';

-- Tasks whose hold was turned into a charge and a release. A lost one is settled when it is written off.
create view settled_generation as
select g.id, g.team_id, g.key_id, g.livemode, g.model, g.mode, g.resolution, g.audio, g.seconds, g.state,
       g.maximum_cost, g.charged, g.billed_seconds, g.ended_at as settled_at
  from generation g
 where g.state in ('SUCCEEDED', 'FAILED', 'CANCELLED')
 union all
select g.id, g.team_id, g.key_id, g.livemode, g.model, g.mode, g.resolution, g.audio, g.seconds, g.state,
       g.maximum_cost, g.charged, g.billed_seconds, e.posted_at
  from generation g
  join ledger_entry e on e.generation_id = g.id
                     and e.kind = case when g.charged > 0 then 'charge' else 'release' end
 where g.state = 'LOST' and g.charged is not null;

-- Tasks that money is held for.
create view outstanding_generation as
select g.id, g.team_id, g.key_id, g.livemode, g.model, g.mode, g.resolution, g.audio, g.maximum_cost
  from generation g
 where g.state = 'QUEUED'
 union all
select g.id, g.team_id, g.key_id, g.livemode, g.model, g.mode, g.resolution, g.audio, g.maximum_cost
  from generation g
 where g.state in ('SUBMITTING', 'SUBMITTED', 'RUNNING', 'IN_DOUBT')
 union all
select g.id, g.team_id, g.key_id, g.livemode, g.model, g.mode, g.resolution, g.audio, g.maximum_cost
  from generation g
 where g.state = 'LOST' and g.charged is null;

-- Corrections, with the task that they are about, if there is one.
create view posted_adjustment as
select e.id as entry_id, g.id, e.team_id, g.key_id, e.livemode, g.model, g.mode, g.resolution, g.audio,
       e.amount, e.posted_at, e.reason
  from ledger_entry e
  left join generation g on g.id = e.generation_id
 where e.kind = 'adjustment';
