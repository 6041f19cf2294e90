-- Lists of the few: staff by their role, and whoever may not sign in.
create index users_by_role on users (role, id);
create index users_by_standing on users (active, id);
