ALTER TABLE "power_of_attorney" ADD COLUMN "ended_by" text;--> statement-breakpoint
ALTER TABLE "power_of_attorney" ADD CONSTRAINT "power_of_attorney_ended_by_person_id_fk" FOREIGN KEY ("ended_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
GRANT UPDATE (ended_by) ON power_of_attorney TO app;
