insert into customer (id) select growth_id(1, n) from series(users) as r(n);

insert into orders (id, user_id, idem_key, request_hash, status, reason, currency, total, refunded, created_at, told)
select growth_id(4, n), ${buyer}, 'growth-' || n, 'growth', case when mod(n, 10) = 3 then 'CANCELLED' else 'CONFIRMED' end,
  case when mod(n, 10) = 3 then 'PAYMENT_DECLINED' end, 'EUR', ${price}, 0, growth_at(n), mod(n, 10) = 3
from series(orders) as r(n);

insert into order_line (order_id, line, product_id, name, quantity, unit_amount)
select growth_id(4, n), 0, growth_id(2, 1 + mod(n, ${products})), 'Grown thing ' || (1 + mod(n, ${products})), 1, ${price}
from series(orders) as r(n);

insert into saga (order_id, state, version, attempt, lease_until, deadline, committed, needs_operator, reason, decline, opened_at)
select growth_id(4, n), case when mod(n, 10) = 3 then 'CANCELLED' else 'DONE' end, 3, 0, growth_at(n), growth_at(n),
  mod(n, 10) <> 3, false, case when mod(n, 10) = 3 then 'PAYMENT_DECLINED' end, case when mod(n, 10) = 3 then 'CARD_DECLINED' end,
  growth_at(n)
from series(orders) as r(n);

insert into order_timeline (order_id, version, at, step, outcome)
select growth_id(4, n), 0, growth_at(n), 'place', 'done' from series(orders) as r(n);
insert into order_timeline (order_id, version, at, step, outcome)
select growth_id(4, n), 1, growth_at(n), 'reserve', 'done' from series(orders) as r(n);
insert into order_timeline (order_id, version, at, step, outcome)
select growth_id(4, n), 2, growth_at(n), 'charge', case when mod(n, 10) = 3 then 'refused' else 'done' end
from series(orders) as r(n);
insert into order_timeline (order_id, version, at, step, outcome)
select growth_id(4, n), 3, growth_at(n), case when mod(n, 10) = 3 then 'release' else 'confirm' end, 'done'
from series(orders) as r(n);
