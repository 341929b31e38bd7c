-- Sums of hours by labels tell keys apart, too: the hours of today by labels and keys were added up from those of everything,
-- which are nearly twice as many.
alter type usage_level rename value 'hour_by_labels' to 'hour_by_labels_and_key';

-- All sums are made anew, as there are none of these yet.
truncate usage_sum;
update usage_summed set until = 'epoch';
