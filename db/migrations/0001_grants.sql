-- The role `app` reads everything and may change only what the running system changes. The evidence is append-only: nobody but the owner of
-- the tables could change it, and `verify-chain` would see it.
GRANT USAGE ON SCHEMA public TO app;
--> statement-breakpoint
GRANT SELECT ON ALL TABLES IN SCHEMA public TO app;
--> statement-breakpoint
GRANT INSERT ON case_event, delivery, operation, opening, chain_root, document TO app;
--> statement-breakpoint
GRANT INSERT, UPDATE ON case_head, case_agency, scope, task, clock, day_counter, public_pin, filing, agency_request, inbox, feed_cursor TO app;
--> statement-breakpoint
GRANT INSERT, UPDATE ON rehearsal_advance TO app;
--> statement-breakpoint
GRANT UPDATE ON rehearsal_clock TO app;
--> statement-breakpoint
GRANT INSERT, UPDATE, DELETE ON procedure, dossier, dossier_document, step, consultation, opinion, ledger_entry, decision, duty TO app;
--> statement-breakpoint
GRANT USAGE ON SEQUENCE case_event_id_seq, inbox_id_seq TO app;
--> statement-breakpoint
INSERT INTO installation (id, epoch) VALUES (1, 1);
--> statement-breakpoint
INSERT INTO rehearsal_clock (id, mode) VALUES (1, 'real');
--> statement-breakpoint
-- Rows that every command rewrites: room on the page keeps the new version beside the old one.
ALTER TABLE case_head SET (fillfactor = 60);
--> statement-breakpoint
ALTER TABLE scope SET (fillfactor = 60);
--> statement-breakpoint
ALTER TABLE task SET (fillfactor = 80);
--> statement-breakpoint
ALTER TABLE clock SET (fillfactor = 80);
