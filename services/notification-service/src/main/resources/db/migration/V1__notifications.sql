create table contact (
  user_id  uuid         primary key,
  username varchar(200),
  email    varchar(254),
  erased   boolean      not null,
  version  bigint       not null
);

create table notification (
  id              uuid           primary key,
  user_id         uuid           not null,
  kind            varchar(32)    not null,
  order_id        uuid,
  address         varchar(254),
  subject         varchar(300)   not null,
  body_text       varchar(1000000),
  body_html       varchar(1000000),
  status          varchar(16)    not null,
  attempts        integer        not null,
  redeliveries    integer        not null,
  next_attempt_at timestamp(6) with time zone,
  last_error      varchar(500),
  message_id      varchar(300),
  created_at      timestamp(6) with time zone not null,
  sent_at         timestamp(6) with time zone,
  version         bigint         not null
);
create index notification_of_user on notification (user_id, id);
create index notification_due on notification (status, next_attempt_at);
