-- Sums of keys by day, for odd ranges and other zones.
alter type usage_level add value 'day_by_key' before 'day';

-- All sums are made anew, as there are none of these yet.
truncate usage_sum;
update usage_summed set until = 'epoch';
