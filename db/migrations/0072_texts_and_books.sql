CREATE TABLE "document_text" (
	"document_id" uuid PRIMARY KEY NOT NULL,
	"body" "bytea" NOT NULL
);
--> statement-breakpoint
DROP INDEX "procedure_received_by";--> statement-breakpoint
ALTER TABLE "enterprise_vouched" ADD COLUMN "holds_until" timestamp with time zone;--> statement-breakpoint
-- What was said before holds as if it had been said today.
UPDATE "enterprise_vouched" SET "holds_until" = clock_timestamp() + interval '30 days';--> statement-breakpoint
ALTER TABLE "enterprise_vouched" ALTER COLUMN "holds_until" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "procedure" ADD COLUMN "book_agency" text;--> statement-breakpoint
UPDATE "procedure" SET "book_agency" = "handling_agency";--> statement-breakpoint
ALTER TABLE "procedure" ALTER COLUMN "book_agency" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "document_text" ADD CONSTRAINT "document_text_document_id_document_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."document"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "procedure_received_by" ON "procedure" USING btree ("book_agency","received_at") WHERE "procedure"."received_at" is not null;--> statement-breakpoint
GRANT SELECT, INSERT ON document_text TO app;--> statement-breakpoint
-- Sealed afterwards, with its document.
GRANT UPDATE (body) ON document_text TO app;
