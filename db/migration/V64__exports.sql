-- Exports of the books.

-- What the books may read of the tasks that they charge for.
create view billed_generation as
select g.id, g.team_id, g.key_id, g.livemode, g.model, g.mode, l.upstream_model, g.resolution, g.audio, g.seconds,
       g.state, g.price_id, g.unit_price, g.maximum_cost, g.charged, g.excess, g.billed_seconds, g.explanation,
       g.created_at, g.submitted_at, g.ended_at, g.upstream_ended_at, c.labels
  from generation g
  join lane l on l.name = g.lane
  left join generation_content c on c.generation_id = g.id;
