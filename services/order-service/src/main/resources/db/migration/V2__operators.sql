-- Counts what happens to an order beside its saga, whose own version belongs to the saga's workers alone.
alter table orders add column changes bigint default 0 not null;

-- From which failed attempt on an operator should look; acknowledging moves it on.
alter table saga add column flag_at integer default 10 not null;
alter table saga add column opened_at timestamp(6) with time zone default current_timestamp not null;

create table saga_action (
  order_id       uuid         not null references saga (order_id),
  version_before bigint       not null,
  version_after  bigint       not null,
  at             timestamp(6) with time zone not null,
  operator_id    varchar(255) not null,
  operator_name  varchar(255) not null,
  action         varchar(40)  not null,
  state_before   varchar(16)  not null,
  state_after    varchar(16)  not null,
  note           varchar(500),
  primary key (order_id, version_before)
);
