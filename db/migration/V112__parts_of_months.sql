-- Sums of the rest of each month from each day on: what is between a day of one month and one of the next is one of them and what
-- there is of the next month to date. It was the two months to date less the first to date, which are half as many again.
alter type usage_level add value 'rest_of_month_by_all';

-- Both without telling keys apart: for reports by label and what prices tell they are a third.
alter type usage_level add value 'month_to_date_by_labels_and_price';
alter type usage_level add value 'rest_of_month_by_labels_and_price';
