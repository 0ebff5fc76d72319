UPDATE task t SET lane = h.lane FROM case_head h WHERE h.code = t.case_code;
--> statement-breakpoint
GRANT SELECT ON delegation, bulk_request TO app;
--> statement-breakpoint
GRANT INSERT ON delegation, bulk_request TO app;
--> statement-breakpoint
GRANT UPDATE (revoked_at, revoked_by) ON delegation TO app;
