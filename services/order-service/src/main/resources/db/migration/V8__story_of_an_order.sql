-- The trace of whatever made an entry.
alter table order_timeline add column trace_id varchar(32);

-- The attempts that failed at one version of a saga, and so at one state: one row for each, however many they are.
create table saga_failure (
  order_id    uuid         not null references saga (order_id),
  version     bigint       not null,
  state       varchar(16)  not null,
  attempts    integer      not null,
  first_at    timestamp(6) with time zone not null,
  last_at     timestamp(6) with time zone not null,
  first_error varchar(300) not null,
  last_error  varchar(300) not null,
  trace_id    varchar(32),
  primary key (order_id, version)
);
