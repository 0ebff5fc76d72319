ALTER TABLE "document" DROP CONSTRAINT "document_remark";--> statement-breakpoint
ALTER TABLE "document" ADD COLUMN "look_again_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "document_look_again" ON "document" USING btree ("look_again_at") WHERE "document"."look_again_at" is not null;--> statement-breakpoint
ALTER TABLE "document" ADD CONSTRAINT "document_remark" CHECK ("document"."remark" in ('password-protected', 'no-pages', 'unreadable', 'not-looked-into'));--> statement-breakpoint
-- Whoever serves people takes it up once more, and says what was found of what nobody had looked into; no other remark is ever changed.
GRANT UPDATE (look_again_at) ON document TO app;--> statement-breakpoint
CREATE FUNCTION remark_document("of" uuid, "found" text) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  UPDATE public.document SET remark = "found"
  WHERE id = "of" AND remark = 'not-looked-into' AND erased_at IS NULL RETURNING true
$$;--> statement-breakpoint
REVOKE ALL ON FUNCTION remark_document(uuid, text) FROM PUBLIC;--> statement-breakpoint
GRANT EXECUTE ON FUNCTION remark_document(uuid, text) TO app;
