-- What was erased at whose request and on which legal basis. Written by the owner of the tables alone: `npm run erase`.
CREATE TABLE "erasure" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"ref" text NOT NULL,
	"asked_by" text NOT NULL,
	"basis" text NOT NULL,
	"what" jsonb NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "erasure_kind" CHECK ("erasure"."kind" in ('person', 'case', 'document', 'text'))
);
--> statement-breakpoint
GRANT SELECT ON erasure TO app;--> statement-breakpoint
ALTER TABLE "person" ADD COLUMN "erased_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "document" ADD COLUMN "erased_at" timestamp with time zone;--> statement-breakpoint
-- What only the engine and the register's own work need goes some time after its case is closed. Never evidence, never what people sent.
GRANT DELETE ON operation, delivery, agenda TO app;
