ALTER TABLE "webhook" DROP CONSTRAINT "webhook_status";--> statement-breakpoint
ALTER TABLE "webhook" ADD COLUMN "confirmed_by" text;--> statement-breakpoint
ALTER TABLE "webhook" ADD CONSTRAINT "webhook_confirmed_by_person_id_fk" FOREIGN KEY ("confirmed_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook" ADD CONSTRAINT "webhook_status" CHECK ("webhook"."status" in ('proposed', 'active', 'paused', 'removed'));