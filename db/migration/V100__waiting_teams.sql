-- Whether a team waits changes seldom, how many of its tasks wait with each. An index that asks for the count would be
-- written to whenever the count changes.
alter table queue add column waiting boolean not null generated always as (queued > 0) stored;
drop index queue_turn;
create index queue_turn on queue (lane, virtual_time, team_id) where waiting;
