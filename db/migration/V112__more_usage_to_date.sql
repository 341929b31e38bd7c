-- Sums up to the end of each day that do not tell keys apart: of reports by label and price they are a third, and took four
-- times as long from days and weeks.
alter type usage_level add value 'month_to_date_by_labels_and_price';
alter type usage_level add value 'two_months_to_date_by_labels_and_price';
