insert into category (category_key, name)
select 'grown ' || n, 'Grown ' || n from series(categories) as r(n);

-- Without indexed_version, so that the next start makes the words that are searched.
insert into product (id, sku, name, name_key, description, category, price_amount, price_currency, status, search_text,
  version, sku_key, category_key)
select growth_id(2, n), 'GROWN-' || n, 'Grown thing ' || n, 'grown thing ' || n, 'Made of what grows.',
  'Grown ' || (1 + mod(n, ${categories})), 100 + mod(n, 900), 'EUR', case when mod(n, 100) = 0 then 'RETIRED' else 'PUBLISHED' end,
  'grown thing ' || n, 0, 'grown-' || n, 'grown ' || (1 + mod(n, ${categories}))
from series(products) as r(n);

insert into stock (product_id, on_hand, reserved, version, news, sold)
select growth_id(2, n), 1000000, 0, 0, 0, 0 from series(products) as r(n);

insert into stock_adjustment (id, product_id, delta, reason, adjusted_by, on_hand, adjusted_at)
select growth_id(3, n), growth_id(2, 1), 1, 'RECEIVED', 'growth', 1000000, growth_at(0) from series(customer) as r(n);

insert into reservation (reservation_key, order_id, request_hash, status, changed_at)
select cast(growth_id(4, n) as varchar) || ':reserve', growth_id(4, n), 'growth',
  case when mod(n, 10) = 3 then 'RELEASED' else 'COMMITTED' end, growth_at(n)
from series(orders) as r(n);

insert into reservation_line (reservation_key, line, product_id, quantity)
select cast(growth_id(4, n) as varchar) || ':reserve', 0, growth_id(2, 1 + mod(n, ${products})), 1 from series(orders) as r(n);

merge into stock as s using
  (select product_id, sum(quantity) as quantity from reservation_line l join reservation r on r.reservation_key = l.reservation_key
    where r.status = 'COMMITTED' and r.request_hash = 'growth' group by product_id) as n
on s.product_id = n.product_id when matched then update set sold = n.quantity;
