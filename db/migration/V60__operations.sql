-- Operations: what ops search, and all that is known of one task.

-- Ops ask: which tasks failed with this code, latest first?
create index generation_error on generation (error_code, id) where error_code is not null;

-- Tasks with the names that ops know them by.
create view generation_record as
select g.id, g.team_id, t.name as team_name, g.key_id, k.name as key_name, g.model, g.mode, g.lane, g.livemode,
       g.state, g.resolution, g.audio, g.seconds, g.client_business_id, g.created_at, g.submitted_at, g.started_at,
       g.ended_at, g.due_at, g.polls, g.upstream_task_id, g.upstream_request_id, g.provisional, g.cancel_requested,
       g.error_code, g.error_message, g.upstream_code, g.upstream_message, g.maximum_cost, g.charged,
       g.billed_seconds, g.explanation, c.labels, c.request
  from generation g
  join team t on t.id = g.team_id
  join api_key k on k.id = g.key_id
  left join generation_content c on c.generation_id = g.id;

-- The steps of a task's life.
create view recorded_step as
select id, generation_id, from_state, to_state, at, cause, http_status, upstream_code, upstream_message,
       upstream_request_id, replica
  from generation_step;

-- The tries to hand a task to upstream.
create view recorded_attempt as
select id, generation_id, replica, claimed_at, gave_up_at, outcome, http_status, upstream_code, upstream_request_id,
       upstream_task_id, late
  from attempt;

-- What stands in the books about a task.
create view recorded_entry as
select id, generation_id, kind, amount, month, posted_at, reason, actor
  from ledger_entry
 where generation_id is not null;

-- Upstream tasks that no generation is known to have made.
create view unclaimed_task as
select upstream_task_id, lane, upstream_created_at, upstream_request_id, found_at, ended, seconds, sr, foreign_task
  from stray_task
 where adopted_by is null;

-- Ops ask: which did we find last?
create index stray_task_found on stray_task (found_at, upstream_task_id) where adopted_by is null;

-- What a generation in doubt may be: made in its lane while its attempt was under way, or up to a minute later.
create view doubt_candidate as
select g.id as generation_id, s.upstream_task_id
  from generation g
  join attempt a on a.id = g.attempt
  join stray_task s on s.lane = g.lane and s.adopted_by is null
                   and s.upstream_created_at between a.claimed_at - interval '5 seconds'
                                                 and coalesce(a.gave_up_at, now()) + interval '60 seconds'
 where g.state = 'IN_DOUBT';
