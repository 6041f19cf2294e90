-- The client that was authenticated at the sign-in and has to be again; empty for whoever has the token.
alter table refresh_token add column client varchar(41) default '' not null;
