insert into users (id, username, username_key, email, email_key, role, active, version, registered_at, email_proven)
select growth_id(1, n), 'grown-' || n, 'grown-' || n, 'grown-' || n || '@example.org', 'grown-' || n || '@example.org',
  case when mod(n, 10000) = 0 then 'SUPPORT' else 'SHOPPER' end, mod(n, 1000) <> 0, 0, growth_at(0), true
from series(users) as r(n);
