CREATE TABLE "case_link" (
	"case_code" text PRIMARY KEY NOT NULL,
	"adjusts" text NOT NULL,
	"procedure" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "draft" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner" text NOT NULL,
	"content" json,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"discarded_at" timestamp with time zone,
	"filed_case" text,
	"last_key" text NOT NULL,
	"last_hash" text NOT NULL,
	CONSTRAINT "draft_version" CHECK ("draft"."version" > 0),
	CONSTRAINT "draft_content" CHECK (("draft"."content" is null) = ("draft"."discarded_at" is not null or "draft"."filed_case" is not null))
);
--> statement-breakpoint
DROP INDEX "power_of_attorney_natural";--> statement-breakpoint
ALTER TABLE "power_of_attorney" ADD COLUMN "granted_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "case_link" ADD CONSTRAINT "case_link_case_code_case_head_code_fk" FOREIGN KEY ("case_code") REFERENCES "public"."case_head"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft" ADD CONSTRAINT "draft_owner_person_id_fk" FOREIGN KEY ("owner") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "case_link_adjusts" ON "case_link" USING btree ("adjusts");--> statement-breakpoint
CREATE INDEX "draft_owner" ON "draft" USING btree ("owner","updated_at" DESC NULLS FIRST,"id" DESC NULLS FIRST);--> statement-breakpoint
CREATE UNIQUE INDEX "power_of_attorney_seeded" ON "power_of_attorney" USING btree ("representative","grantor","from_date") WHERE "power_of_attorney"."granted_at" is null;--> statement-breakpoint
CREATE INDEX "power_of_attorney_representative" ON "power_of_attorney" USING btree ("representative","grantor");--> statement-breakpoint
CREATE INDEX "power_of_attorney_grantor" ON "power_of_attorney" USING btree ("grantor");--> statement-breakpoint
GRANT SELECT ON draft, case_link TO app;
--> statement-breakpoint
GRANT INSERT, UPDATE ON draft, case_link TO app;
--> statement-breakpoint
GRANT INSERT (id, grantor, representative, acts, procedures, from_date, to_date, granted_at) ON power_of_attorney TO app;
--> statement-breakpoint
GRANT UPDATE (revoked_at) ON power_of_attorney TO app;
