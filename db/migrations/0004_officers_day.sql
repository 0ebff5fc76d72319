CREATE TABLE "agenda" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"ref" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"done_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "case_text" (
	"case_code" text NOT NULL,
	"id" text NOT NULL,
	"body" text,
	"salt" text,
	"hash" text NOT NULL,
	"erased_at" timestamp with time zone,
	CONSTRAINT "case_text_case_code_id_pk" PRIMARY KEY("case_code","id")
);
--> statement-breakpoint
ALTER TABLE "catalogue_rules" ADD COLUMN "settings" json DEFAULT '{}'::json NOT NULL;--> statement-breakpoint
ALTER TABLE "catalogue_rules" ADD COLUMN "version" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "case_text" ADD CONSTRAINT "case_text_case_code_case_head_code_fk" FOREIGN KEY ("case_code") REFERENCES "public"."case_head"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "agenda_natural" ON "agenda" USING btree ("kind","ref");--> statement-breakpoint
CREATE INDEX "agenda_open" ON "agenda" USING btree ("at") WHERE "agenda"."done_at" is null;--> statement-breakpoint
GRANT SELECT ON case_text, agenda TO app;
--> statement-breakpoint
GRANT INSERT, UPDATE ON case_text, agenda TO app;
--> statement-breakpoint
GRANT USAGE ON SEQUENCE agenda_id_seq TO app;
