ALTER TABLE "chain_root" ADD COLUMN "cases" integer;--> statement-breakpoint
ALTER TABLE "chain_root" ADD COLUMN "signature" text;--> statement-breakpoint
ALTER TABLE "chain_root" ADD COLUMN "algorithm" text;--> statement-breakpoint
ALTER TABLE "chain_root" ADD COLUMN "key_id" text;
