CREATE TABLE "document_use" (
	"document_id" uuid NOT NULL,
	"case_code" text NOT NULL,
	"seq" integer NOT NULL,
	"procedure" text,
	CONSTRAINT "document_use_once" UNIQUE NULLS NOT DISTINCT("document_id","case_code","seq","procedure")
);
--> statement-breakpoint
CREATE TABLE "recusal" (
	"case_code" text NOT NULL,
	"person" text NOT NULL,
	CONSTRAINT "recusal_case_code_person_pk" PRIMARY KEY("case_code","person")
);
--> statement-breakpoint
ALTER TABLE "document_use" ADD CONSTRAINT "document_use_case_code_case_head_code_fk" FOREIGN KEY ("case_code") REFERENCES "public"."case_head"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recusal" ADD CONSTRAINT "recusal_case_code_case_head_code_fk" FOREIGN KEY ("case_code") REFERENCES "public"."case_head"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "document_use_case" ON "document_use" USING btree ("case_code");--> statement-breakpoint
-- What acts of before named, by the fields in which they were checked to be the caller's own; never by what else is written in an event.
INSERT INTO document_use (document_id, case_code, seq, procedure)
SELECT DISTINCT u.id::uuid, u.case_code, u.seq, u.procedure FROM (
  SELECT e.case_code, e.seq, l.key AS procedure, d ->> 'documentId' AS id
  FROM case_event e, json_each(e.canonical::json -> 'payload' -> 'lodged') l, json_array_elements(l.value) d
  WHERE e.type = 'caseOpened'
  UNION ALL
  SELECT e.case_code, e.seq, nullif(split_part(e.scope, '/', 3), ''), d ->> 'documentId'
  FROM case_event e, json_array_elements(e.canonical::json -> 'payload' -> 'documents') d
  WHERE e.type IN ('dossierFiled', 'supplementAnswered')
  UNION ALL
  SELECT e.case_code, e.seq, NULL, substring(e.canonical::json -> 'payload' ->> 'evidence' FROM '^document:(.+)$')
  FROM case_event e WHERE e.type = 'gateMet'
  UNION ALL
  SELECT e.case_code, e.seq, nullif(split_part(i.canonical::json -> 'payload' ->> 'scope', '/', 3), ''),
    substring(e.canonical::json -> 'payload' ->> 'evidence' FROM '^document:(.+)$')
  FROM case_event e LEFT JOIN case_event i ON i.case_code = e.case_code AND i.type = 'dutyIncurred'
    AND i.canonical::json -> 'payload' ->> 'duty' = e.canonical::json -> 'payload' ->> 'duty'
  WHERE e.type = 'dutyMet'
  UNION ALL
  SELECT e.case_code, e.seq, NULL, e.canonical::json -> 'payload' ->> 'documentId'
  FROM case_event e WHERE e.type IN ('permitRecorded', 'trialReportFiled', 'incidentReported', 'finalReportFiled')
) u WHERE u.id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$';--> statement-breakpoint
INSERT INTO recusal (case_code, person)
SELECT DISTINCT e.case_code, e.canonical::json -> 'payload' ->> 'person' FROM case_event e WHERE e.type = 'interestDeclared';--> statement-breakpoint
ALTER TABLE "document" ADD COLUMN "uploaded_by" text;--> statement-breakpoint
ALTER TABLE "document" ADD COLUMN "key" text;--> statement-breakpoint
ALTER TABLE "document" ADD COLUMN "received_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL;--> statement-breakpoint
UPDATE document SET uploaded_by = owner, received_at = least(uploaded_at, clock_timestamp());--> statement-breakpoint
ALTER TABLE "document" ALTER COLUMN "uploaded_by" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "document" ADD CONSTRAINT "document_uploaded_by_person_id_fk" FOREIGN KEY ("uploaded_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "document_request" ON "document" USING btree ("uploaded_by","key");--> statement-breakpoint
CREATE INDEX "document_received" ON "document" USING btree ("uploaded_by","received_at");--> statement-breakpoint
CREATE INDEX "document_bytes_kept" ON "document" USING btree ("sha256");--> statement-breakpoint
-- What a representative uploaded belongs to the investor whose case it went into; unused, to the only investor they ever acted for.
UPDATE document d SET owner = o.investor FROM (
  SELECT d.id, coalesce(used.investor, acted.grantor) AS investor FROM document d
  JOIN person p ON p.id = d.owner AND p.role = 'representative'
  LEFT JOIN LATERAL (
    SELECT min(h.investor) AS investor FROM document_use u JOIN case_head h ON h.code = u.case_code
    WHERE u.document_id = d.id HAVING count(DISTINCT h.investor) = 1
  ) used ON true
  LEFT JOIN LATERAL (
    SELECT min(w.grantor) AS grantor FROM power_of_attorney w
    WHERE w.representative = d.owner AND NOT EXISTS (SELECT FROM document_use u WHERE u.document_id = d.id)
    HAVING count(DISTINCT w.grantor) = 1
  ) acted ON true
) o WHERE o.id = d.id AND o.investor IS NOT NULL;--> statement-breakpoint
ALTER TABLE "power_of_attorney" ADD COLUMN "accepted_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "power_of_attorney" ADD COLUMN "declined_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "power_of_attorney" ADD CONSTRAINT "power_of_attorney_answer" CHECK ("power_of_attorney"."accepted_at" is null or "power_of_attorney"."declined_at" is null);--> statement-breakpoint
-- Those of before were in force without it, and stay so.
UPDATE power_of_attorney SET accepted_at = coalesce(granted_at, clock_timestamp());--> statement-breakpoint
GRANT SELECT, INSERT ON document_use, recusal TO app;--> statement-breakpoint
GRANT UPDATE (accepted_at, declined_at) ON power_of_attorney TO app;
