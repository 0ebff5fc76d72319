ALTER TABLE "delivery" ADD COLUMN "request_id" text;--> statement-breakpoint
ALTER TABLE "agenda" ADD COLUMN "request_id" text;