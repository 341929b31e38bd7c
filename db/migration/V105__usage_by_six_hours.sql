-- Sums of six hours: the months of New York begin half a day beside those of the books, and with keys and prices told apart
-- both their ends were added up task by task.
alter type usage_level add value 'six_hours_by_price' before 'hour';
alter type usage_level add value 'six_hours_by_team' before 'hour';
alter type usage_level add value 'six_hours' before 'hour';

-- All sums are made anew, as there are none of these yet.
truncate usage_sum;
update usage_summed set until = 'epoch';
