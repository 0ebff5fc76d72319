CREATE TABLE "clause_fact" (
	"case_code" text NOT NULL,
	"n" integer NOT NULL,
	"lane" text NOT NULL,
	"pathway" text NOT NULL,
	"zone" text,
	"procedure" text NOT NULL,
	"agency" text NOT NULL,
	"ground" text NOT NULL,
	"clause" text,
	"on" date NOT NULL,
	"days" integer NOT NULL,
	CONSTRAINT "clause_fact_case_code_n_pk" PRIMARY KEY("case_code","n")
);
--> statement-breakpoint
CREATE TABLE "conduct_fact" (
	"case_code" text NOT NULL,
	"n" integer NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"conduct" jsonb NOT NULL,
	CONSTRAINT "conduct_fact_case_code_n_pk" PRIMARY KEY("case_code","n")
);
--> statement-breakpoint
CREATE TABLE "step_fact" (
	"case_code" text NOT NULL,
	"n" integer NOT NULL,
	"lane" text NOT NULL,
	"pathway" text NOT NULL,
	"zone" text,
	"scope" text NOT NULL,
	"procedure" text NOT NULL,
	"step" text NOT NULL,
	"agency" text NOT NULL,
	"opened_on" date NOT NULL,
	"ended_on" date NOT NULL,
	"waiting_days" integer NOT NULL,
	"working_days" integer NOT NULL,
	"alone_days" integer NOT NULL,
	CONSTRAINT "step_fact_case_code_n_pk" PRIMARY KEY("case_code","n")
);
--> statement-breakpoint
CREATE TABLE "instruction_act" (
	"instruction" uuid NOT NULL,
	"n" integer NOT NULL,
	"kind" text NOT NULL,
	"agency" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"person" text,
	"key" text,
	"act" jsonb NOT NULL,
	CONSTRAINT "instruction_act_instruction_n_pk" PRIMARY KEY("instruction","n"),
	CONSTRAINT "instruction_act_kind" CHECK ("instruction_act"."kind" in ('given', 'moved', 'answered', 'withdrawn', 'closed', 'rung'))
);
--> statement-breakpoint
ALTER TABLE "case_fact" ADD COLUMN "country" text;--> statement-breakpoint
ALTER TABLE "case_fact" ADD COLUMN "investor_class" text;--> statement-breakpoint
ALTER TABLE "case_fact" ADD COLUMN "field" text;--> statement-breakpoint
ALTER TABLE "case_fact" ADD COLUMN "jobs" integer;--> statement-breakpoint
ALTER TABLE "clause_fact" ADD CONSTRAINT "clause_fact_case_code_case_head_code_fk" FOREIGN KEY ("case_code") REFERENCES "public"."case_head"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conduct_fact" ADD CONSTRAINT "conduct_fact_case_code_case_head_code_fk" FOREIGN KEY ("case_code") REFERENCES "public"."case_head"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "step_fact" ADD CONSTRAINT "step_fact_case_code_case_head_code_fk" FOREIGN KEY ("case_code") REFERENCES "public"."case_head"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "instruction_act" ADD CONSTRAINT "instruction_act_agency_agency_code_fk" FOREIGN KEY ("agency") REFERENCES "public"."agency"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "instruction_act" ADD CONSTRAINT "instruction_act_person_person_id_fk" FOREIGN KEY ("person") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "clause_fact_day" ON "clause_fact" USING btree ("on");--> statement-breakpoint
CREATE INDEX "conduct_fact_at" ON "conduct_fact" USING btree ("at");--> statement-breakpoint
CREATE INDEX "step_fact_ended" ON "step_fact" USING btree ("ended_on");--> statement-breakpoint
CREATE INDEX "step_fact_opened" ON "step_fact" USING btree ("opened_on");--> statement-breakpoint
CREATE INDEX "step_fact_step" ON "step_fact" USING btree ("procedure","step","agency","ended_on");--> statement-breakpoint
CREATE UNIQUE INDEX "instruction_act_key" ON "instruction_act" USING btree ("person","key");--> statement-breakpoint
CREATE INDEX "instruction_act_given" ON "instruction_act" USING btree ("at") WHERE "instruction_act"."kind" = 'given';--> statement-breakpoint
CREATE INDEX "instruction_act_agency" ON "instruction_act" USING btree ("agency","instruction");
--> statement-breakpoint
GRANT SELECT, INSERT ON instruction_act TO app;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON step_fact, clause_fact, conduct_fact TO app;--> statement-breakpoint
-- Whatever was counted before is counted anew by the projector.
DELETE FROM feed_cursor WHERE reader = 'projector';
