-- Sums of months by price and by team: a year's total was added up from months with everything told apart.
alter type usage_level add value 'month_by_price' before 'month';
alter type usage_level add value 'month_by_team' before 'month';

-- All sums are made anew, as there are none of these yet.
truncate usage_sum;
update usage_summed set until = 'epoch';
