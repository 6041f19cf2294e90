-- What else of its trace an event carries to its consumers.
alter table outbox add column tracestate varchar(512);
alter table outbox add column baggage varchar(8192);
