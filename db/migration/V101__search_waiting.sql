-- Searching what waits: prompts are in blocks soon after acceptance, so that a long queue is not read task by task.

-- A block has either the prompts of tasks that were accepted one after another, or the messages of such as failed one
-- after another. All are made anew.
truncate text_block;
alter table text_block rename column ended_by to since;
comment on column text_block.since is 'No task of the block was erased before then.';
update text_indexed set until = 'epoch';

-- Up to which id all prompts are in blocks.
alter table text_indexed add column prompts uuid not null default '00000000-0000-0000-0000-000000000000';

drop view unblocked_generation;
drop view generation_text;

-- What is read to make blocks of prompts: in the order of ids, which is that of the table.
create view accepted_prompt as
select c.generation_id as id, c.request ->> 'prompt' as prompt from generation_content c;

-- What did not succeed, by when it ended: team by team, as the index has them, since the table does not have them in order.
create function failed_between(start timestamptz, stop timestamptz)
    returns table (id uuid, error_message text, upstream_message text) language sql stable as $$
select f.id, f.error_message, f.upstream_message
  from team t
 cross join (values (true), (false)) l (livemode)
 cross join lateral (select g.id, g.error_message, g.upstream_message
                       from generation g
                      where g.team_id = t.id and g.livemode = l.livemode and g.ended_at >= start and g.ended_at < stop
                        and g.state in ('FAILED', 'CANCELLED')
                     offset 0) f
 union all
select g.id, g.error_message, g.upstream_message
  from generation g
 where g.state = 'LOST' and g.ended_at >= start and g.ended_at < stop
$$;

-- Those that have a text which no block has.
create view unblocked_generation as
select c.generation_id as id from generation_content c where c.generation_id > (select prompts from text_indexed)
 union
select f.id from failed_between((select until from text_indexed), 'infinity') f;

-- Those in blocks that are not erased yet.
create view unerased_generation as
select g.id from generation g where g.ended_at is null or g.ended_at > (select until from erased_until);

-- Whose queues there are in which lane.
create view known_queue as select lane, team_id from queue;

-- The first of what has not ended, queue by queue.
create view front_generation as
select f.id
  from queue q
 cross join lateral (select g.id
                       from generation g
                      where g.state = 'QUEUED' and g.lane = q.lane and g.team_id = q.team_id
                      order by g.id
                      limit 1) f
 union all
select g.id from generation g where g.state in ('SUBMITTING', 'SUBMITTED', 'RUNNING', 'IN_DOUBT');

-- Ops ask: which task is this answer of upstream's about? A hash, since the whole id would take three times as much.
create index generation_step_request on generation_step using hash (upstream_request_id);

-- Tasks by the answers that upstream gave about them: those that moved them, and the last one to such as are under way.
create view answered_generation as
select s.generation_id as id, s.upstream_request_id from generation_step s
 union all
select g.id, g.upstream_request_id
  from generation g
 where g.state in ('SUBMITTING', 'SUBMITTED', 'RUNNING', 'IN_DOUBT');
