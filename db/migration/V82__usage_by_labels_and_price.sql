-- Sums by labels that tell prices apart too, for what a project spent on which kind of video.
alter type usage_level add value 'day_by_labels_and_price' before 'hour';

-- All sums are made anew, as there are none of these yet.
truncate usage_sum;
update usage_summed set until = 'epoch';
