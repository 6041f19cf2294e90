-- Staff look for those that were cancelled, which may be few for a long time.
create index orders_cancelled on orders (id) where status = 'CANCELLED';
