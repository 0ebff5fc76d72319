CREATE TABLE "enterprise_vouched" (
	"person" text PRIMARY KEY NOT NULL,
	"enterprise" text NOT NULL,
	"name" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "organisation" (
	"id" text PRIMARY KEY NOT NULL,
	"enterprise" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "power_of_attorney" ADD COLUMN "member_as" text;--> statement-breakpoint
ALTER TABLE "enterprise_vouched" ADD CONSTRAINT "enterprise_vouched_person_person_id_fk" FOREIGN KEY ("person") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organisation" ADD CONSTRAINT "organisation_id_person_id_fk" FOREIGN KEY ("id") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organisation" ADD CONSTRAINT "organisation_created_by_person_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "organisation_enterprise" ON "organisation" USING btree ("enterprise");--> statement-breakpoint
CREATE UNIQUE INDEX "power_of_attorney_member_once" ON "power_of_attorney" USING btree ("grantor","representative") WHERE "power_of_attorney"."member_as" is not null and "power_of_attorney"."revoked_at" is null and "power_of_attorney"."declined_at" is null;--> statement-breakpoint
ALTER TABLE "power_of_attorney" ADD CONSTRAINT "power_of_attorney_member" CHECK ("power_of_attorney"."member_as" in ('manages', 'files', 'reads'));--> statement-breakpoint
GRANT SELECT, INSERT ON organisation TO app;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON enterprise_vouched TO app;--> statement-breakpoint
GRANT INSERT (accepted_at, member_as) ON power_of_attorney TO app;
