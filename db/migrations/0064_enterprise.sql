ALTER TABLE "case_head" ADD COLUMN "enterprise" text;--> statement-breakpoint
CREATE INDEX "case_head_enterprise" ON "case_head" USING btree ("enterprise") WHERE "case_head"."enterprise" is not null;--> statement-breakpoint
-- As `enterpriseOf` reads it (domain/lane/enterprise.ts): country and number without separators; a dependent unit in Viet Nam counts as its enterprise.
UPDATE case_head h SET enterprise = f.country || '/' || CASE WHEN f.country = 'VN' AND f.number ~ '^\d{13}$' THEN left(f.number, 10) ELSE f.number END
FROM (
  SELECT e.case_code, e.canonical::json -> 'payload' -> 'facts' ->> 'investor.country' AS country,
    regexp_replace(e.canonical::json -> 'payload' -> 'facts' ->> 'investor.registrationNumber', '[^0-9A-Z]', '', 'g') AS number
  FROM case_event e WHERE e.type = 'caseOpened'
) f
WHERE f.case_code = h.code AND f.country IS NOT NULL AND f.number IS NOT NULL;
--> statement-breakpoint
DELETE FROM feed_cursor WHERE reader = 'projector';
