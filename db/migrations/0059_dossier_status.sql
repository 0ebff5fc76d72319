CREATE TABLE "dossier_status" (
	"system" text NOT NULL,
	"scope" text NOT NULL,
	"seq" integer NOT NULL,
	"place" smallint NOT NULL,
	"case_code" text NOT NULL,
	"status" smallint NOT NULL,
	"dossier_code" text,
	"occurred_at" timestamp with time zone NOT NULL,
	"again" smallint DEFAULT 0 NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"not_before" timestamp with time zone,
	"done_at" timestamp with time zone,
	"reference" text,
	"error" text,
	CONSTRAINT "dossier_status_system_scope_seq_place_pk" PRIMARY KEY("system","scope","seq","place"),
	CONSTRAINT "dossier_status_ten" CHECK ("dossier_status"."status" between 1 and 10)
);
--> statement-breakpoint
ALTER TABLE "dossier_status" ADD CONSTRAINT "dossier_status_case_code_case_head_code_fk" FOREIGN KEY ("case_code") REFERENCES "public"."case_head"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "dossier_status_case" ON "dossier_status" USING btree ("case_code");--> statement-breakpoint
CREATE INDEX "dossier_status_untold" ON "dossier_status" USING btree ("system","scope","seq","place") WHERE "dossier_status"."done_at" is null;--> statement-breakpoint
GRANT SELECT, INSERT ON dossier_status TO app;--> statement-breakpoint
GRANT UPDATE (again, attempts, not_before, done_at, reference, error) ON dossier_status TO app;--> statement-breakpoint
-- Dossiers under way are told as they stand: until here nobody was told of more than a result.
INSERT INTO dossier_status (system, scope, seq, place, case_code, status, dossier_code, occurred_at)
SELECT s.system, p.scope, h.seq, 0, p.case_code, p.portal_status, p.dossier_code, h.last_at
FROM procedure p JOIN case_head h ON h.code = p.case_code
CROSS JOIN (VALUES ('public-service-portal'), ('city-procedures')) AS s (system)
WHERE h.managed AND h.closed_at IS NULL AND (p.received_at IS NOT NULL OR p.portal_status IN (3, 5));
