-- Whether the answer to the placing told that the order was refused: no mail, and no entry in one's own history.
alter table orders add column told boolean default false not null;

-- What the card's bank said, and who called the order off.
alter table saga add column decline varchar(40);
alter table saga add column called_off_by varchar(255);
alter table order_timeline add column asked_by varchar(255);

-- A confirmed order that was called off was paid back as a whole; only refunds were counted.
update orders set refunded = total where status = 'CANCELLED'
  and exists (select 1 from saga s where s.order_id = orders.id and s.committed and s.state = 'CANCELLED');

-- One row for each customer: who places an order holds it while their unpaid ones are counted.
create table customer (
  id uuid primary key
);
