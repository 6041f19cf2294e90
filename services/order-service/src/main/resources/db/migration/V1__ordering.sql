create table orders (
  id           uuid         primary key,
  user_id      uuid         not null,
  idem_key     varchar(255) not null,
  request_hash char(64)     not null,
  status       varchar(16)  not null,
  reason       varchar(40),
  currency     char(3)      not null,
  total        bigint       not null,
  refunded     bigint       not null check (refunded >= 0 and refunded <= total),
  created_at   timestamp(6) with time zone not null,
  constraint one_order_a_key unique (user_id, idem_key)
);
create index orders_of_user on orders (user_id, id);

create table order_line (
  order_id    uuid         not null references orders (id),
  line        integer      not null,
  product_id  uuid         not null,
  name        varchar(200) not null,
  quantity    integer      not null check (quantity > 0),
  unit_amount bigint       not null check (unit_amount >= 0),
  primary key (order_id, line)
);

create table order_timeline (
  order_id uuid        not null references orders (id),
  version  bigint      not null,
  at       timestamp(6) with time zone not null,
  step     varchar(40) not null,
  outcome  varchar(40) not null,
  detail   varchar(300),
  primary key (order_id, version, step)
);

-- A row waits for its next attempt until it ends; then next_attempt is null and the index forgets it.
create table saga (
  order_id       uuid        primary key references orders (id),
  state          varchar(16) not null,
  version        bigint      not null,
  attempt        integer     not null,
  next_attempt   timestamp(6) with time zone,
  lease_until    timestamp(6) with time zone not null,
  deadline       timestamp(6) with time zone not null,
  committed      boolean     not null,
  needs_operator boolean     not null,
  reason         varchar(40),
  payment_token  varchar(64),
  last_error     varchar(300)
);
create index saga_due on saga (next_attempt);
