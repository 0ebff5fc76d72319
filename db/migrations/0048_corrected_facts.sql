DROP INDEX "law_change_version";--> statement-breakpoint
ALTER TABLE "case_fact" ADD COLUMN "baseline" text DEFAULT 'law' NOT NULL;--> statement-breakpoint
ALTER TABLE "case_fact" ADD COLUMN "law_baseline_days" integer;--> statement-breakpoint
ALTER TABLE "case_fact" ADD COLUMN "law_city_baseline_days" integer;--> statement-breakpoint
ALTER TABLE "law_change" ADD COLUMN "declined_for" text;--> statement-breakpoint
CREATE UNIQUE INDEX "law_change_version" ON "law_change" USING btree ("kind","code","version") WHERE "law_change"."status" <> 'declined';--> statement-breakpoint
GRANT UPDATE (declined_for) ON law_change TO app;
