-- Limits are meant in characters of people; H2 counts most emoji as two.
alter table order_line alter column name set data type varchar(400);
alter table order_timeline alter column detail set data type varchar(600);
alter table saga_action alter column note set data type varchar(1000);
