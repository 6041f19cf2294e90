-- When a reservation was decided, and when it was sold: what it came to first and on the way.
alter table reservation add column decided_at timestamp(6) with time zone;
alter table reservation add column sold_at timestamp(6) with time zone;
