-- Pages of the books are read by stretches of time. The index by time is summed up as the books grow: pages that are not in
-- it are read each time, and vacuuming, which would put them in, comes after a fifth of the table was added.
alter index ledger_entry_posted set (autosummarize = on);

alter table ledger_entry set (autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);

-- A correction is about a month of the books, not of another age.
alter table ledger_entry add constraint corrects_a_month_of_ours check (corrects >= date '2000-01-01') not valid;
