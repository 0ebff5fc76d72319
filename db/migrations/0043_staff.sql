CREATE TABLE "person_change" (
	"id" uuid NOT NULL,
	"n" integer NOT NULL,
	"body_hash" text NOT NULL,
	"person" text NOT NULL,
	"kind" text NOT NULL,
	"before_role" text,
	"before_agency" text,
	"role" text,
	"agency" text,
	"document" text NOT NULL,
	"by" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "person_change_id_n_pk" PRIMARY KEY("id","n"),
	CONSTRAINT "person_change_kind" CHECK ("person_change"."kind" in ('join', 'move', 'leave'))
);
--> statement-breakpoint
ALTER TABLE "person_change" ADD CONSTRAINT "person_change_person_person_id_fk" FOREIGN KEY ("person") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "person_change" ADD CONSTRAINT "person_change_by_person_id_fk" FOREIGN KEY ("by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "person_change_person" ON "person_change" USING btree ("person");--> statement-breakpoint
GRANT SELECT, INSERT ON person_change TO app;--> statement-breakpoint
GRANT INSERT, UPDATE (role, agency, active) ON person TO app;
