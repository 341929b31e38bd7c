-- Sums that tell labels and keys apart: reports by both were added up task by task, which took seconds for a month.
alter type usage_level add value 'month_by_labels_and_key' before 'week_by_price';
alter type usage_level add value 'month_by_all' before 'week_by_price';
alter type usage_level add value 'week_by_labels_and_key' before 'day';
alter type usage_level add value 'week_by_all' before 'day';
alter type usage_level add value 'day_by_labels_and_key' before 'hour';
alter type usage_level add value 'day_by_all' before 'hour';

-- All sums are made anew, as there are none of these yet.
truncate usage_sum;
update usage_summed set until = 'epoch';
