-- In which language a user is written to; null where none was chosen.
alter table contact add column language varchar(16);
