-- Sums of hours by labels: the day that is not over yet, and months of other zones, were added up task by task.
alter type usage_level add value 'hour_by_labels' before 'quarter';

-- All sums are made anew, as there are none of these yet.
truncate usage_sum;
update usage_summed set until = 'epoch';
