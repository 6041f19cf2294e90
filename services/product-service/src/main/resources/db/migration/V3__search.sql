-- SKUs are unique whatever their case. Of several that differ in it alone, from before, only the first has a key.
alter table product add column sku_key varchar(64);
alter table product add constraint sku_key_taken unique (sku_key);

-- Categories whose names fold to the same are one, shown as it was first written.
create table category (
  category_key varchar(200) primary key,
  name         varchar(200) not null
);
alter table product add column category_key varchar(200);
drop index product_by_category;
create index product_by_category on product (category_key, status, name_key, id);

-- The words of a product, and where a word is entered from: its own beginning and each later letter. Parts are the
-- hexadecimal digits of UTF-8, which sort alike whatever a database's collation is.
create table product_word (
  word       varchar(128) not null,
  product_id uuid         not null,
  primary key (word, product_id)
);
create index product_word_of on product_word (product_id);
create table word_part (
  part varchar(512) not null,
  word varchar(128) not null
);
create index word_part_begins on word_part (part, word);

-- Lengths are promised in characters; H2 counts the halves of those beyond the first 65,536.
alter table product alter column name set data type varchar(400);
alter table product alter column description set data type varchar(8000);
alter table product alter column category set data type varchar(200);
alter table stock_adjustment alter column note set data type varchar(1000);

-- Keys and words were made for this version of the row; where they were not, the next start makes them.
alter table product add column indexed_version bigint;

-- Pieces that were sold and did not come back.
alter table stock add column sold bigint default 0 not null;
create index line_of_product on reservation_line (product_id);
update stock set sold = coalesce(
  (select sum(l.quantity) from reservation_line l join reservation r on r.reservation_key = l.reservation_key
   where l.product_id = stock.product_id and r.status = 'COMMITTED'), 0);
drop index line_of_product;
create index stock_by_sold on stock (sold, product_id);
