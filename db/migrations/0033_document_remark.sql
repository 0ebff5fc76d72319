ALTER TABLE "document" ADD COLUMN "remark" text;--> statement-breakpoint
ALTER TABLE "document" ADD CONSTRAINT "document_remark" CHECK ("document"."remark" in ('password-protected', 'no-pages', 'unreadable'));
