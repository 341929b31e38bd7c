-- Tests and drills ask: is what came what was sent?
alter table dashscope_simulator.upload add column sha256 text not null default '';
