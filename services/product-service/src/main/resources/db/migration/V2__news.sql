-- The place of the last event about a product. What was told before had the versions of the product and of its level,
-- which each next place is above.
alter table stock add column news bigint default 0 not null;
