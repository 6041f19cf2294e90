-- Until then an event that the broker refused waits, and with it those of its aggregate that follow.
alter table outbox add column retry_at timestamp(6) with time zone;
