-- The trace of the request that placed the order, for whoever takes the order up later.
alter table saga add column traceparent varchar(55);
