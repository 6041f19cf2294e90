-- The relays that share the lanes; one that has not been heard of until then counts no more.
create table outbox_relay (
  owner       varchar(64) primary key,
  alive_until timestamp(6) with time zone not null
);
