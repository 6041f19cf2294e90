create table users (
  id            uuid         primary key,
  username      varchar(64)  not null,
  username_key  varchar(64)  not null constraint username_taken unique,
  email         varchar(254),
  email_key     varchar(254) constraint email_taken unique,
  password_hash varchar(200),
  role          varchar(32)  not null,
  active        boolean      not null,
  version       bigint       not null,
  registered_at timestamp(6) with time zone not null,
  erased_at     timestamp(6) with time zone
);

create table refresh_token (
  token_hash char(64)     primary key,
  family     uuid         not null,
  user_id    uuid         not null references users (id),
  expires_at timestamp(6) with time zone not null,
  used_at    timestamp(6) with time zone
);
create index refresh_token_family on refresh_token (family);
create index refresh_token_user on refresh_token (user_id);
create index refresh_token_expiry on refresh_token (expires_at);

create table signing_key (
  kid        varchar(64)   primary key,
  jwk        varchar(4000) not null,
  created_at timestamp(6) with time zone not null
);
