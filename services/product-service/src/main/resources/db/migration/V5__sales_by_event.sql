-- What is held for an order, by the event that confirms it.
create index reservation_of_order on reservation (order_id);
