ALTER TABLE "public_pin" ADD COLUMN "seed_master" text;--> statement-breakpoint
ALTER TABLE "public_pin" ADD COLUMN "seed_wrapped" "bytea";