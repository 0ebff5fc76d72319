CREATE TABLE "erasure_order" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"kind" text NOT NULL,
	"ref" text NOT NULL,
	"asked_by" text NOT NULL,
	"basis" text NOT NULL,
	"proposed_by" text NOT NULL,
	"proposed_at" timestamp with time zone NOT NULL,
	"status" text DEFAULT 'proposed' NOT NULL,
	"decided_by" text,
	"decided_at" timestamp with time zone,
	"done_at" timestamp with time zone,
	"certificate" jsonb,
	CONSTRAINT "erasure_order_kind" CHECK ("erasure_order"."kind" in ('person', 'case', 'document', 'text')),
	CONSTRAINT "erasure_order_status" CHECK ("erasure_order"."status" in ('proposed', 'confirmed', 'refused', 'done')),
	CONSTRAINT "erasure_order_two_people" CHECK ("erasure_order"."status" not in ('confirmed', 'done') or ("erasure_order"."decided_by" is not null and "erasure_order"."decided_by" <> "erasure_order"."proposed_by"))
);
--> statement-breakpoint
CREATE TABLE "legal_hold" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"kind" text NOT NULL,
	"ref" text NOT NULL,
	"basis" text NOT NULL,
	"placed_by" text NOT NULL,
	"placed_at" timestamp with time zone NOT NULL,
	"lifted_by" text,
	"lifted_at" timestamp with time zone,
	"lift_basis" text,
	CONSTRAINT "legal_hold_kind" CHECK ("legal_hold"."kind" in ('case', 'person')),
	CONSTRAINT "legal_hold_two_people" CHECK ("legal_hold"."lifted_by" is null or "legal_hold"."lifted_by" <> "legal_hold"."placed_by")
);
--> statement-breakpoint
ALTER TABLE "document" ADD COLUMN "seal_id" text;--> statement-breakpoint
ALTER TABLE "document" ADD COLUMN "seal_master" text;--> statement-breakpoint
ALTER TABLE "document" ADD COLUMN "seal_wrapped" "bytea";--> statement-breakpoint
ALTER TABLE "document" ADD COLUMN "clear_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "erasure_order" ADD CONSTRAINT "erasure_order_proposed_by_person_id_fk" FOREIGN KEY ("proposed_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "erasure_order" ADD CONSTRAINT "erasure_order_decided_by_person_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "legal_hold" ADD CONSTRAINT "legal_hold_placed_by_person_id_fk" FOREIGN KEY ("placed_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "legal_hold" ADD CONSTRAINT "legal_hold_lifted_by_person_id_fk" FOREIGN KEY ("lifted_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "erasure_order_open" ON "erasure_order" USING btree ("kind","ref") WHERE "erasure_order"."status" in ('proposed', 'confirmed');--> statement-breakpoint
CREATE INDEX "erasure_order_proposed" ON "erasure_order" USING btree ("proposed_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "legal_hold_open" ON "legal_hold" USING btree ("kind","ref") WHERE "legal_hold"."lifted_at" is null;--> statement-breakpoint
CREATE INDEX "document_clear" ON "document" USING btree ("id") WHERE "document"."seal_id" is null and "document"."erased_at" is null;--> statement-breakpoint
CREATE INDEX "document_clear_left" ON "document" USING btree ("clear_until") WHERE "document"."clear_until" is not null;--> statement-breakpoint
ALTER TABLE "document" ADD CONSTRAINT "document_seal" CHECK (("document"."seal_id" is null) = ("document"."seal_master" is null) and ("document"."seal_id" is not null or "document"."seal_wrapped" is null));--> statement-breakpoint
-- Whoever serves people seals what lies in clear, once, and neither changes nor destroys a key.
CREATE FUNCTION seal_document("of" uuid, "key_id" text, "master" text, "wrapped" bytea, "until" timestamp with time zone) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  UPDATE public.document SET seal_id = key_id, seal_master = master, seal_wrapped = wrapped, clear_until = until
  WHERE id = "of" AND seal_id IS NULL AND erased_at IS NULL RETURNING true
$$;--> statement-breakpoint
REVOKE ALL ON FUNCTION seal_document(uuid, text, text, bytea, timestamp with time zone) FROM PUBLIC;--> statement-breakpoint
GRANT EXECUTE ON FUNCTION seal_document(uuid, text, text, bytea, timestamp with time zone) TO app;--> statement-breakpoint
GRANT UPDATE (clear_until) ON document TO app;
--> statement-breakpoint
GRANT SELECT, INSERT ON erasure_order, legal_hold TO app;--> statement-breakpoint
GRANT UPDATE (status, decided_by, decided_at) ON erasure_order TO app;--> statement-breakpoint
GRANT UPDATE (lifted_by, lifted_at, lift_basis) ON legal_hold TO app;
