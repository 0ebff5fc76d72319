ALTER TABLE "agency_fact" DROP CONSTRAINT "agency_fact_kind";--> statement-breakpoint
ALTER TABLE "agency_fact" ADD COLUMN "ground" text;--> statement-breakpoint
ALTER TABLE "case_fact" ADD COLUMN "lane_decided_late" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "case_fact" ADD COLUMN "first_filed_on" date;--> statement-breakpoint
ALTER TABLE "case_fact" ADD COLUMN "baseline_ends_on" date;--> statement-breakpoint
ALTER TABLE "case_fact" ADD COLUMN "city_baseline_days" integer;--> statement-breakpoint
ALTER TABLE "case_fact" ADD COLUMN "whole_days" numeric(9, 4);--> statement-breakpoint
ALTER TABLE "case_fact" ADD COLUMN "city_days" numeric(9, 4);--> statement-breakpoint
ALTER TABLE "case_fact" ADD COLUMN "whole_reduction" numeric(9, 4);--> statement-breakpoint
ALTER TABLE "case_fact" ADD COLUMN "city_reduction" numeric(9, 4);--> statement-breakpoint
ALTER TABLE "case_fact" ADD COLUMN "peers" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "case_fact" ADD COLUMN "peers_whole_days" numeric(9, 4);--> statement-breakpoint
ALTER TABLE "case_fact" ADD COLUMN "refilings" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "case_fact" ADD COLUMN "broken_terms" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "procedure_fact" ADD COLUMN "on_time_strict" boolean;--> statement-breakpoint
ALTER TABLE "procedure_fact" ADD COLUMN "done_by_machine" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "procedure_fact" ADD COLUMN "done_assisted" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "procedure_fact" ADD COLUMN "done_by_person" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "case_fact_standard" ON "case_fact" USING btree ("milestone","pathway","zone","ended_on") WHERE "case_fact"."exclusions" = '{standard-lane}';--> statement-breakpoint
ALTER TABLE "agency_fact" ADD CONSTRAINT "agency_fact_kind" CHECK ("agency_fact"."kind" in ('holding', 'opinion', 'return', 'suspension', 'counter-return', 'reception-refused', 'extension'));--> statement-breakpoint
-- Whatever was counted before is counted anew by the projector.
DELETE FROM feed_cursor WHERE reader = 'projector';
