insert into contact (user_id, username, email, erased, version)
select growth_id(1, n), 'grown-' || n, 'grown-' || n || '@example.org', false, 0 from series(users) as r(n);

-- A refusal that was told in the answer gets no mail.
insert into notification (id, user_id, kind, order_id, address, subject, body_text, body_html, status, attempts, redeliveries,
  message_id, created_at, sent_at, version)
select growth_id(6, n), ${buyer}, 'ORDER_CONFIRMED', growth_id(4, n), 'grown@example.org', 'Your order is confirmed',
  repeat('Thank you for your order. ', 20), repeat('<p>Thank you for your order.</p>', 30), 'SENT', 1, 0, 'growth-' || n,
  growth_at(n), growth_at(n), 2
from series(orders) as r(n) where mod(n, 10) <> 3;
