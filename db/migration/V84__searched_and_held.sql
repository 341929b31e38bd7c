-- What searches ask of tasks, without the names that pages show: so that an index alone may answer.
create view searched_generation as
select g.id, g.team_id, g.livemode, g.model, g.mode, g.lane, g.state, g.error_code, g.upstream_code, g.upstream_task_id,
       g.upstream_request_id, g.client_business_id, g.created_at
  from generation g;

-- What is held for a team: the sum of its outstanding_generation, however many wait.
create view held_of_team as select team_id, livemode, held from account where held > 0;
