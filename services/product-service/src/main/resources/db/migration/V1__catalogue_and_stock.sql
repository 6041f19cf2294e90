create table product (
  id             uuid          primary key,
  sku            varchar(64)   not null constraint sku_taken unique,
  name           varchar(200)  not null,
  name_key       varchar(400)  not null,
  description    varchar(4000) not null,
  category       varchar(100)  not null,
  price_amount   bigint        not null constraint price_not_negative check (price_amount >= 0),
  price_currency varchar(3)    not null,
  status         varchar(16)   not null,
  search_text    varchar       not null,
  version        bigint        not null
);
create index product_by_age on product (status, id);
create index product_by_name on product (status, name_key, id);
create index product_by_price on product (status, price_amount, id);
create index product_by_category on product (status, category, name_key, id);

create table stock (
  product_id uuid   primary key references product (id),
  on_hand    bigint not null,
  reserved   bigint not null,
  version    bigint not null,
  constraint stock_on_hand check (on_hand >= 0),
  constraint stock_reserved check (reserved >= 0 and reserved <= on_hand)
);

create table stock_adjustment (
  id          uuid         primary key,
  product_id  uuid         not null references stock (product_id),
  delta       bigint       not null,
  reason      varchar(16)  not null,
  note        varchar(500),
  adjusted_by varchar(100) not null,
  on_hand     bigint       not null,
  adjusted_at timestamp(6) with time zone not null
);
create index stock_adjustment_of on stock_adjustment (product_id, id);

create table reservation (
  reservation_key varchar(100) primary key,
  order_id        uuid,
  request_hash    varchar(64),
  status          varchar(16) not null,
  changed_at      timestamp(6) with time zone not null
);

create table reservation_line (
  reservation_key varchar(100) not null references reservation (reservation_key),
  line            integer      not null,
  product_id      uuid         not null,
  quantity        integer      not null constraint quantity_positive check (quantity > 0),
  short_of        bigint,
  primary key (reservation_key, line)
);
