CREATE TABLE "bulk_request" (
	"person" text NOT NULL,
	"key" text NOT NULL,
	"body_hash" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "bulk_request_person_key_pk" PRIMARY KEY("person","key")
);
--> statement-breakpoint
CREATE TABLE "delegation" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"person" text NOT NULL,
	"delegate" text NOT NULL,
	"from_date" date NOT NULL,
	"to_date" date NOT NULL,
	"reason" text,
	"key" text NOT NULL,
	"body_hash" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"revoked_at" timestamp with time zone,
	"revoked_by" text,
	CONSTRAINT "delegation_term" CHECK ("delegation"."from_date" <= "delegation"."to_date"),
	CONSTRAINT "delegation_to_another" CHECK ("delegation"."person" <> "delegation"."delegate")
);
--> statement-breakpoint
CREATE TABLE "form_counter" (
	"agency" text NOT NULL,
	"year" integer NOT NULL,
	"form" text NOT NULL,
	"last" integer NOT NULL,
	CONSTRAINT "form_counter_agency_year_form_pk" PRIMARY KEY("agency","year","form")
);
--> statement-breakpoint
CREATE TABLE "form_definition" (
	"code" text PRIMARY KEY NOT NULL,
	"data" json NOT NULL
);
--> statement-breakpoint
CREATE TABLE "form_number" (
	"case_code" text NOT NULL,
	"paper" text NOT NULL,
	"agency" text NOT NULL,
	"year" integer NOT NULL,
	"form" text NOT NULL,
	"number" integer NOT NULL,
	CONSTRAINT "form_number_case_code_paper_pk" PRIMARY KEY("case_code","paper")
);
--> statement-breakpoint
DROP INDEX "task_worklist";--> statement-breakpoint
DROP INDEX "task_all_worklist";--> statement-breakpoint
DROP INDEX "task_mine";--> statement-breakpoint
ALTER TABLE "task" ADD COLUMN "claimed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "task" ADD COLUMN "lane" text DEFAULT 'undecided' NOT NULL;--> statement-breakpoint
ALTER TABLE "task" ADD COLUMN "risk" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "task" ADD COLUMN "step_due_date" date;--> statement-breakpoint
ALTER TABLE "task" ADD COLUMN "returned_to" text;--> statement-breakpoint
ALTER TABLE "delegation" ADD CONSTRAINT "delegation_person_person_id_fk" FOREIGN KEY ("person") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delegation" ADD CONSTRAINT "delegation_delegate_person_id_fk" FOREIGN KEY ("delegate") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "delegation" ADD CONSTRAINT "delegation_revoked_by_person_id_fk" FOREIGN KEY ("revoked_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "form_number" ADD CONSTRAINT "form_number_case_code_case_head_code_fk" FOREIGN KEY ("case_code") REFERENCES "public"."case_head"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "delegation_request" ON "delegation" USING btree ("person","key");--> statement-breakpoint
CREATE INDEX "delegation_person" ON "delegation" USING btree ("person","from_date");--> statement-breakpoint
CREATE INDEX "delegation_delegate" ON "delegation" USING btree ("delegate","from_date");--> statement-breakpoint
CREATE UNIQUE INDEX "form_number_once" ON "form_number" USING btree ("agency","year","form","number");--> statement-breakpoint
CREATE INDEX "procedure_received" ON "procedure" USING btree ("received_at") WHERE "procedure"."received_at" is not null;--> statement-breakpoint
CREATE INDEX "procedure_received_by" ON "procedure" USING btree ("handling_agency","received_at") WHERE "procedure"."received_at" is not null;--> statement-breakpoint
CREATE INDEX "task_free" ON "task" USING btree ("agency","risk" DESC NULLS FIRST,"due_order","id") WHERE "task"."status" = 'open';--> statement-breakpoint
CREATE INDEX "task_returned" ON "task" USING btree ("returned_to","risk" DESC NULLS FIRST,"due_order","id") WHERE "task"."status" = 'open' and "task"."returned_to" is not null;--> statement-breakpoint
CREATE INDEX "task_procedure" ON "task" USING btree ("procedure","risk" DESC NULLS FIRST,"due_order","id") WHERE "task"."status" in ('open', 'claimed', 'waiting');--> statement-breakpoint
CREATE INDEX "task_kind" ON "task" USING btree ("kind","risk" DESC NULLS FIRST,"due_order","id") WHERE "task"."status" in ('open', 'claimed', 'waiting');--> statement-breakpoint
CREATE INDEX "task_lane" ON "task" USING btree ("lane","risk" DESC NULLS FIRST,"due_order","id") WHERE "task"."status" in ('open', 'claimed', 'waiting');--> statement-breakpoint
CREATE INDEX "task_code" ON "task" USING btree ("case_code" text_pattern_ops) WHERE "task"."status" in ('open', 'claimed', 'waiting');--> statement-breakpoint
CREATE INDEX "task_dossier_code" ON "task" USING btree ("dossier_code" text_pattern_ops) WHERE "task"."status" in ('open', 'claimed', 'waiting');--> statement-breakpoint
CREATE INDEX "task_worklist" ON "task" USING btree ("agency","risk" DESC NULLS FIRST,"due_order","id") WHERE "task"."status" in ('open', 'claimed', 'waiting');--> statement-breakpoint
CREATE INDEX "task_all_worklist" ON "task" USING btree ("risk" DESC NULLS FIRST,"due_order","id") WHERE "task"."status" in ('open', 'claimed', 'waiting');--> statement-breakpoint
CREATE INDEX "task_mine" ON "task" USING btree ("claimed_by","risk" DESC NULLS FIRST,"due_order","id") WHERE "task"."status" in ('claimed', 'waiting');--> statement-breakpoint
ALTER TABLE "task" ADD CONSTRAINT "task_risk" CHECK ("task"."risk" between 0 and 3);--> statement-breakpoint
GRANT SELECT ON form_definition, form_counter, form_number TO app;
--> statement-breakpoint
GRANT INSERT, UPDATE ON form_counter TO app;
--> statement-breakpoint
GRANT INSERT ON form_number TO app;
