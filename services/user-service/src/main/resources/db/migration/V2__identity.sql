-- A key is published before it signs, so that whoever verifies tokens has it by then.
alter table signing_key add column signs_from timestamp(6) with time zone;

-- From which address its sign-in came: who guesses elsewhere does not lock out the user who is known there.
alter table refresh_token add column origin varchar(45);

-- A request for a new password; user_id is null where nobody has the address.
create table password_reset (
  id         uuid primary key,
  user_id    uuid references users (id),
  expires_at timestamp(6) with time zone not null,
  used_at    timestamp(6) with time zone
);
create index password_reset_user on password_reset (user_id);
create index password_reset_expiry on password_reset (expires_at);
