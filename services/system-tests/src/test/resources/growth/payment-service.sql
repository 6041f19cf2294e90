insert into payment (id, charge_key, order_id, user_id, amount, currency, status, decline_reason, reference, card, promised, refunded,
  version, created_at, changed_at)
select growth_id(5, n), cast(growth_id(4, n) as varchar) || ':charge', growth_id(4, n), ${buyer}, ${price}, 'EUR',
  case when mod(n, 10) = 3 then 'DECLINED' else 'CAPTURED' end, case when mod(n, 10) = 3 then 'CARD_DECLINED' end,
  case when mod(n, 10) <> 3 then 'ch_' || n end, case when mod(n, 10) <> 3 then 'visa' end, 0, 0, 1, growth_at(n), growth_at(n)
from series(orders) as r(n);

insert into charge_key (charge_key, request_hash, payment_id, created_at)
select cast(growth_id(4, n) as varchar) || ':charge', 'growth', growth_id(5, n), growth_at(n) from series(orders) as r(n);

insert into sandbox_charge (charge_key, reference, outcome, decline_reason, card, amount, currency, given_back, refund_failures,
  created_at)
select cast(growth_id(4, n) as varchar) || ':charge', 'ch_' || n, case when mod(n, 10) = 3 then 'declined' else 'charged' end,
  case when mod(n, 10) = 3 then 'CARD_DECLINED' end, 'visa', ${price}, 'EUR', 0, 0, growth_at(n)
from series(orders) as r(n);
