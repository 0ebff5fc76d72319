CREATE TABLE "site_claim" (
	"scope" text PRIMARY KEY NOT NULL,
	"site" text NOT NULL,
	"case_code" text NOT NULL,
	"procedure" text NOT NULL,
	"dossier_code" text NOT NULL,
	"investor" text NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"exclusive" boolean NOT NULL,
	"open" boolean NOT NULL,
	"released_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "site_claim" ADD CONSTRAINT "site_claim_case_code_case_head_code_fk" FOREIGN KEY ("case_code") REFERENCES "public"."case_head"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "site_claim_held" ON "site_claim" USING btree ("site") WHERE "site_claim"."exclusive" and "site_claim"."released_at" is null;--> statement-breakpoint
CREATE INDEX "site_claim_site" ON "site_claim" USING btree ("site");--> statement-breakpoint
CREATE INDEX "site_claim_case" ON "site_claim" USING btree ("case_code");--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON site_claim TO app;
