CREATE TABLE "law_change" (
	"id" uuid PRIMARY KEY NOT NULL,
	"n" bigserial NOT NULL,
	"body_hash" text NOT NULL,
	"kind" text NOT NULL,
	"code" text NOT NULL,
	"version" text NOT NULL,
	"document" text NOT NULL,
	"published_by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"status" text DEFAULT 'pending' NOT NULL,
	"cursor" text DEFAULT '' NOT NULL,
	"total" integer NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"moved" integer DEFAULT 0 NOT NULL,
	"failures" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"claimed_until" timestamp with time zone,
	"finished_at" timestamp with time zone,
	CONSTRAINT "law_change_kind" CHECK ("law_change"."kind" in ('calendar', 'procedure')),
	CONSTRAINT "law_change_status" CHECK ("law_change"."status" in ('pending', 'done'))
);
--> statement-breakpoint
ALTER TABLE "scope" ADD COLUMN "poke" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "law_change" ADD CONSTRAINT "law_change_published_by_person_id_fk" FOREIGN KEY ("published_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "law_change_version" ON "law_change" USING btree ("kind","code","version");--> statement-breakpoint
CREATE UNIQUE INDEX "law_change_order" ON "law_change" USING btree ("n");--> statement-breakpoint
CREATE INDEX "law_change_open" ON "law_change" USING btree ("n") WHERE "law_change"."status" = 'pending';--> statement-breakpoint
CREATE INDEX "scope_poke" ON "scope" USING btree ("next_at") WHERE "scope"."poke" and not "scope"."closed";--> statement-breakpoint
GRANT SELECT, INSERT ON law_change TO app;
--> statement-breakpoint
GRANT UPDATE (status, cursor, total, done, moved, failures, claimed_until, finished_at) ON law_change TO app;
--> statement-breakpoint
GRANT USAGE ON SEQUENCE law_change_n_seq TO app;
--> statement-breakpoint
-- Published law is added, never changed.
GRANT INSERT ON calendar, procedure_definition TO app;
--> statement-breakpoint
GRANT UPDATE (version) ON catalogue_rules TO app;
