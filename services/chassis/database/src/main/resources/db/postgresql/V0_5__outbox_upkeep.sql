-- Few rows of many are unsent: their places are known again soon after others have left them.
alter table outbox set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05);
