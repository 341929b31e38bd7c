-- Sums of months by price, team and key: a year was added up from months with everything told apart. And sums of hours by
-- labels: the day that is not over yet, and days of other zones, were added up task by task.
alter type usage_level add value 'month_by_price' before 'month';
alter type usage_level add value 'month_by_team' before 'month';
alter type usage_level add value 'month_by_key' before 'month';
alter type usage_level add value 'hour_by_labels' before 'quarter';

-- All sums are made anew, as there are none of these yet.
truncate usage_sum;
update usage_summed set until = 'epoch';
