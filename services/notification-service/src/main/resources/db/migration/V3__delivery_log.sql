-- How each notification travels, why an attempt has failed, and what became of each.
alter table notification add column channel varchar(16) default 'EMAIL' not null;
alter table notification add column failure varchar(16);
drop index notification_due;
create index notification_due on notification (status, channel, next_attempt_at);
create index notification_of_order on notification (order_id);

-- An attempt that has failed, or that a redelivery has made history. The last attempt at a notification that is sent stands in
-- its own row: a success costs no statement more.
create table attempt (
  notification_id uuid    not null,
  delivery        integer not null, -- 0 the first one, and one more for each redelivery
  number          integer not null,
  outcome         varchar(16) not null,
  failure         varchar(16),
  provider_id     varchar(300),
  error           varchar(500),
  ended_at        timestamp(6) with time zone not null,
  next_attempt_at timestamp(6) with time zone,
  primary key (notification_id, delivery, number)
);
