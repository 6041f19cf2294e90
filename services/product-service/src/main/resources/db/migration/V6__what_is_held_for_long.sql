-- Whoever looks for what has been held for long finds it without reading all that was sold.
create index reservation_by_status on reservation (status, changed_at);
