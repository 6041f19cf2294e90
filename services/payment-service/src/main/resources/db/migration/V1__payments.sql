create table payment (
  id             uuid         primary key,
  charge_key     varchar(100) not null,
  order_id       uuid         not null,
  user_id        uuid         not null,
  amount         bigint       not null constraint payment_amount check (amount > 0),
  currency       varchar(3)   not null,
  status         varchar(16)  not null,
  decline_reason varchar(64),
  reference      varchar(64),
  card           varchar(32),
  promised       bigint       not null,
  refunded       bigint       not null,
  version        bigint       not null,
  created_at     timestamp(6) with time zone not null,
  changed_at     timestamp(6) with time zone not null,
  constraint payment_refunds check (0 <= refunded and refunded <= promised and promised <= amount)
);
create index payment_user on payment (user_id, id);
create index payment_order on payment (order_id, id);

-- One row for each key that was ever charged or voided; without a payment it is a tombstone, which
-- refuses the charge that was overtaken by its own void.
create table charge_key (
  charge_key   varchar(100) primary key,
  request_hash char(64),
  payment_id   uuid references payment (id),
  created_at   timestamp(6) with time zone not null
);

create table refund (
  id              uuid         primary key,
  payment_id      uuid         not null references payment (id),
  charge_key      varchar(100) not null,
  amount          bigint       not null constraint refund_amount check (amount > 0),
  currency        varchar(3)   not null,
  reason          varchar(200),
  status          varchar(16)  not null,
  failure         varchar(64),
  attempts        integer      not null,
  next_attempt_at timestamp(6) with time zone not null,
  version         bigint       not null,
  created_at      timestamp(6) with time zone not null
);
create index refund_payment on refund (payment_id, id);
create index refund_due on refund (status, next_attempt_at);
