-- Whether links for a new password may go to the address: not where a token alone has set it.
alter table users add column email_proven boolean not null default true;
