-- What was written about accounts in the last day, to bound what a mailbox gets of it.
create table account_mail (
  mailbox    varchar(64) not null,
  kind       varchar(32) not null,
  written_at timestamp(6) with time zone not null
);
create index account_mail_to on account_mail (mailbox, kind, written_at);
create index account_mail_at on account_mail (written_at);
