-- The sandbox's own books: a card network that happens to live in the same database. Nothing of the
-- service reads them, and no transaction spans both.
create table sandbox_charge (
  charge_key      varchar(100) primary key,
  reference       varchar(64)  not null,
  outcome         varchar(16)  not null,
  decline_reason  varchar(64),
  card            varchar(32)  not null,
  amount          bigint       not null,
  currency        varchar(3)   not null,
  given_back      bigint       not null,
  refund_failures integer      not null,
  created_at      timestamp(6) with time zone not null,
  constraint sandbox_given_back check (0 <= given_back and given_back <= amount)
);

create table sandbox_refund (
  refund_key varchar(100) primary key,
  charge_key varchar(100) not null references sandbox_charge (charge_key),
  amount     bigint       not null,
  created_at timestamp(6) with time zone not null
);
