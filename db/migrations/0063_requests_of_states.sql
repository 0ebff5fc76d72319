ALTER TABLE "erasure_order" ADD COLUMN "pending" jsonb;--> statement-breakpoint
ALTER TABLE "dossier_status" ADD COLUMN "request_id" text;