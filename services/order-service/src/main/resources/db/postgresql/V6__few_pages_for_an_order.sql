-- A saga moves three times within a second: its versions find room on their own page, and no index is touched.
alter table saga set (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);
alter table orders set (fillfactor = 85);
-- Staff look for the few that are pending or wait for an operator, among all there ever were.
create index orders_pending on orders (id) where status = 'PENDING';
create index saga_flagged on saga (order_id) where needs_operator;
