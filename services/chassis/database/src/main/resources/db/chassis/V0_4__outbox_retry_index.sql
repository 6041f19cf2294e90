-- What waits for its retry is found at one place, however much there is to send. Nulls first: H2 would read them all.
create index outbox_retry on outbox (retry_at nulls first);
