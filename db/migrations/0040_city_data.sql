ALTER TABLE "law_change" DROP CONSTRAINT "law_change_kind";--> statement-breakpoint
ALTER TABLE "law_change" DROP CONSTRAINT "law_change_status";--> statement-breakpoint
ALTER TABLE "law_change" ADD COLUMN "data" json;--> statement-breakpoint
ALTER TABLE "law_change" ADD COLUMN "effective_from" date;--> statement-breakpoint
ALTER TABLE "law_change" ADD COLUMN "confirmed_by" text;--> statement-breakpoint
ALTER TABLE "law_change" ADD COLUMN "confirmed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "law_change" ADD COLUMN "declined_by" text;--> statement-breakpoint
ALTER TABLE "law_change" ADD COLUMN "declined_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "law_change" ADD CONSTRAINT "law_change_confirmed_by_person_id_fk" FOREIGN KEY ("confirmed_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "law_change" ADD CONSTRAINT "law_change_declined_by_person_id_fk" FOREIGN KEY ("declined_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "law_change" ADD CONSTRAINT "law_change_two_people" CHECK ("law_change"."confirmed_by" is null or "law_change"."confirmed_by" <> "law_change"."published_by");--> statement-breakpoint
ALTER TABLE "law_change" ADD CONSTRAINT "law_change_kind" CHECK ("law_change"."kind" in ('calendar', 'procedure', 'list', 'setting', 'agency', 'pathway', 'regime'));--> statement-breakpoint
ALTER TABLE "law_change" ADD CONSTRAINT "law_change_status" CHECK ("law_change"."status" in ('proposed', 'confirmed', 'pending', 'done', 'declined'));--> statement-breakpoint
GRANT UPDATE (at, confirmed_by, confirmed_at, declined_by, declined_at) ON law_change TO app;--> statement-breakpoint
-- Agencies are named by people and papers: their rows follow what is published. Everything else of the City's data stays in `law_change` and is laid over the seeds.
GRANT INSERT, UPDATE (name_vi, name_en, data) ON agency TO app;
