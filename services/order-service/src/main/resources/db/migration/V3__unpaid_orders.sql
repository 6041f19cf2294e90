-- A customer's unpaid orders are counted at each new one: the paid ones, which may be many, are not to be looked at.
create index orders_of_user_by_status on orders (user_id, status, id);
