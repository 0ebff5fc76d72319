-- A case may stand on several lots, and claims each. `rule`: by which spelling rule the lot was told apart; `rekeySites` makes the first one the second.
CREATE TABLE "case_site" (
	"case_code" text NOT NULL,
	"site" text NOT NULL,
	"near" boolean NOT NULL,
	"rule" smallint DEFAULT 2 NOT NULL,
	CONSTRAINT "case_site_case_code_near_site_pk" PRIMARY KEY("case_code","near","site")
);
--> statement-breakpoint
ALTER TABLE "case_site" ADD CONSTRAINT "case_site_case_code_case_head_code_fk" FOREIGN KEY ("case_code") REFERENCES "public"."case_head"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "case_site_site" ON "case_site" USING btree ("site");--> statement-breakpoint
CREATE INDEX "case_site_rule" ON "case_site" USING btree ("case_code") WHERE "case_site"."rule" < 2;--> statement-breakpoint
GRANT SELECT, INSERT ON case_site TO app;--> statement-breakpoint
INSERT INTO case_site (case_code, site, near, rule)
select code, state ->> 'site', false, 1 from case_head where state ->> 'site' is not null;--> statement-breakpoint
ALTER TABLE "site_claim" DROP CONSTRAINT "site_claim_pkey";--> statement-breakpoint
ALTER TABLE "site_claim" ADD CONSTRAINT "site_claim_scope_site_pk" PRIMARY KEY("scope","site");--> statement-breakpoint
ALTER TABLE "site_claim" ADD COLUMN "contested" boolean DEFAULT false NOT NULL;--> statement-breakpoint
DROP INDEX "site_claim_held";--> statement-breakpoint
CREATE UNIQUE INDEX "site_claim_held" ON "site_claim" USING btree ("site") WHERE "site_claim"."exclusive" and "site_claim"."released_at" is null and not "site_claim"."contested";
