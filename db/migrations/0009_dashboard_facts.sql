CREATE TABLE "agency_fact" (
	"case_code" text NOT NULL,
	"n" integer NOT NULL,
	"lane" text NOT NULL,
	"pathway" text NOT NULL,
	"zone" text,
	"kind" text NOT NULL,
	"agency" text NOT NULL,
	"on" date NOT NULL,
	"class" text,
	"days" integer,
	"result" text,
	CONSTRAINT "agency_fact_case_code_n_pk" PRIMARY KEY("case_code","n"),
	CONSTRAINT "agency_fact_kind" CHECK ("agency_fact"."kind" in ('holding', 'opinion', 'return')),
	CONSTRAINT "agency_fact_result" CHECK ("agency_fact"."result" in ('in-time', 'late', 'silent'))
);
--> statement-breakpoint
CREATE TABLE "case_fact" (
	"case_code" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"lane" text NOT NULL,
	"pathway" text NOT NULL,
	"zone" text,
	"milestone" text NOT NULL,
	"adjustment" boolean NOT NULL,
	"opened_on" date NOT NULL,
	"closed_on" date,
	"outcome" text,
	"licensed_on" date,
	"licence_gross_days" integer,
	"licence_net_days" integer,
	"reached_on" date,
	"ended_on" date,
	"baseline_days" integer NOT NULL,
	"gross_days" integer,
	"net_days" integer,
	"investor_days" integer,
	"central_days" integer,
	"conference_days" integer,
	"reduction" numeric(7, 4),
	"exclusions" text[] NOT NULL,
	"unverified" text[] NOT NULL,
	"capital_usd" numeric,
	"capital_vnd" numeric,
	"foreign_share" numeric,
	"fdi_registered_on" date,
	"as_of_seq" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "procedure_fact" (
	"scope" text PRIMARY KEY NOT NULL,
	"case_code" text NOT NULL,
	"lane" text NOT NULL,
	"pathway" text NOT NULL,
	"zone" text,
	"procedure" text NOT NULL,
	"attempt" integer NOT NULL,
	"version" text NOT NULL,
	"competent_agency" text NOT NULL,
	"agency" text NOT NULL,
	"city_controlled" boolean NOT NULL,
	"filed_on" date,
	"received_on" date,
	"decided_on" date,
	"closed_on" date,
	"outcome" text,
	"budget_unit" text NOT NULL,
	"statutory_days" integer NOT NULL,
	"promised_days" integer,
	"ambition_days" integer,
	"extensions" integer NOT NULL,
	"supplements" integer NOT NULL,
	"due_date" date,
	"breached_on" date,
	"target30" text,
	"target30_due" date,
	"target40" text,
	"target40_due" date,
	"consumed_days" integer,
	"net_days" integer,
	"gross_days" integer,
	"suspended_days" integer,
	"on_time" boolean,
	"within30" boolean,
	"within40" boolean,
	"steps_full" integer NOT NULL,
	"steps_assisted" integer NOT NULL,
	"steps_manual" integer NOT NULL,
	"handled" text,
	"documents" integer NOT NULL,
	"once_only" integer NOT NULL,
	"filed_online" boolean,
	CONSTRAINT "procedure_fact_target30" CHECK ("procedure_fact"."target30" in ('at-risk', 'missed')),
	CONSTRAINT "procedure_fact_target40" CHECK ("procedure_fact"."target40" in ('at-risk', 'missed')),
	CONSTRAINT "procedure_fact_handled" CHECK ("procedure_fact"."handled" in ('automatic', 'partly', 'manual'))
);
--> statement-breakpoint
CREATE TABLE "survey_fact" (
	"case_code" text NOT NULL,
	"subject" text NOT NULL,
	"lane" text NOT NULL,
	"pathway" text NOT NULL,
	"zone" text,
	"asked_on" date NOT NULL,
	"score" integer,
	CONSTRAINT "survey_fact_case_code_subject_pk" PRIMARY KEY("case_code","subject")
);
--> statement-breakpoint
ALTER TABLE "agency_fact" ADD CONSTRAINT "agency_fact_case_code_case_head_code_fk" FOREIGN KEY ("case_code") REFERENCES "public"."case_head"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_fact" ADD CONSTRAINT "case_fact_case_code_case_head_code_fk" FOREIGN KEY ("case_code") REFERENCES "public"."case_head"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "procedure_fact" ADD CONSTRAINT "procedure_fact_case_code_case_head_code_fk" FOREIGN KEY ("case_code") REFERENCES "public"."case_head"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "survey_fact" ADD CONSTRAINT "survey_fact_case_code_case_head_code_fk" FOREIGN KEY ("case_code") REFERENCES "public"."case_head"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "agency_fact_day" ON "agency_fact" USING btree ("kind","on","agency");--> statement-breakpoint
CREATE INDEX "case_fact_opened" ON "case_fact" USING btree ("opened_on");--> statement-breakpoint
CREATE INDEX "case_fact_closed" ON "case_fact" USING btree ("closed_on");--> statement-breakpoint
CREATE INDEX "case_fact_ended" ON "case_fact" USING btree ("ended_on");--> statement-breakpoint
CREATE INDEX "case_fact_licensed" ON "case_fact" USING btree ("licensed_on");--> statement-breakpoint
CREATE INDEX "case_fact_fdi" ON "case_fact" USING btree ("fdi_registered_on");--> statement-breakpoint
CREATE INDEX "procedure_fact_case" ON "procedure_fact" USING btree ("case_code");--> statement-breakpoint
CREATE INDEX "procedure_fact_closed" ON "procedure_fact" USING btree ("closed_on","procedure");--> statement-breakpoint
CREATE INDEX "procedure_fact_agency" ON "procedure_fact" USING btree ("agency","closed_on");--> statement-breakpoint
CREATE INDEX "procedure_fact_open" ON "procedure_fact" USING btree ("agency","due_date") WHERE "procedure_fact"."closed_on" is null;--> statement-breakpoint
CREATE INDEX "procedure_fact_targets" ON "procedure_fact" USING btree ("case_code") WHERE "procedure_fact"."target30" is not null or "procedure_fact"."target40" is not null;--> statement-breakpoint
CREATE INDEX "survey_fact_asked" ON "survey_fact" USING btree ("asked_on");--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON case_fact, procedure_fact, agency_fact, survey_fact TO app;
--> statement-breakpoint
GRANT DELETE ON agency_fact TO app;
--> statement-breakpoint
DELETE FROM feed_cursor WHERE reader = 'projector';
