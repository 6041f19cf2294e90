-- Nearly all are sold; the index need not know these.
drop index reservation_by_status;
create index reservation_held on reservation (changed_at) where status = 'RESERVED';
