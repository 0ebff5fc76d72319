ALTER TABLE "chain_root" ADD COLUMN "acts" integer;--> statement-breakpoint
ALTER TABLE "sealed_paper" ADD COLUMN "sha256" "bytea" GENERATED ALWAYS AS (sha256(pdf)) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "sealed_paper" ADD COLUMN "root" integer;--> statement-breakpoint
CREATE INDEX "sealed_paper_unrooted" ON "sealed_paper" USING btree ("case_code") WHERE "sealed_paper"."root" is null;--> statement-breakpoint
GRANT UPDATE (root) ON sealed_paper TO app;
