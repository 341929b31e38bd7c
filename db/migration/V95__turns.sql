-- The dispatcher asks: which waiting team was served least? Among many that were served alike, in the order of teams,
-- without sorting them all for each pick.
drop index queue_turn;
create index queue_turn on queue (lane, virtual_time, team_id) where queued > 0;
