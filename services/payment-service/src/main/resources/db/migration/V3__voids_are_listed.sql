alter table refund add column method varchar(16) default 'REFUND' not null;
alter table refund add column requested_by varchar(255);

-- What voids have given back so far; a payment is voided once, so its id is free to name that.
insert into refund (id, payment_id, charge_key, amount, currency, status, attempts, next_attempt_at, version,
    created_at, method)
  select p.id, p.id, p.charge_key,
    p.refunded - coalesce((select sum(r.amount) from refund r where r.payment_id = p.id and r.status <> 'FAILED'), 0),
    p.currency, 'SUCCEEDED', 1, p.changed_at, 0, p.changed_at, 'VOID'
  from payment p
  where p.status = 'VOIDED'
    and p.refunded > coalesce((select sum(r.amount) from refund r where r.payment_id = p.id and r.status <> 'FAILED'), 0);

-- 200 characters; H2 counts most emoji as two.
alter table refund alter column reason set data type varchar(400);
