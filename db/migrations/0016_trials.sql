CREATE TABLE "trial" (
	"case_code" text PRIMARY KEY NOT NULL,
	"regime" text NOT NULL,
	"version" text NOT NULL,
	"field" text NOT NULL,
	"phase" text NOT NULL,
	"authority" text NOT NULL,
	"supervises" text NOT NULL,
	"enterprise" text NOT NULL,
	"filed_on" date NOT NULL,
	"decided_on" date,
	"decision_days" integer,
	"not_admitted" text,
	"not_admitted_on" date,
	"dossier_code" text,
	"admitted_on" date,
	"started_on" date,
	"until" date,
	"ended_on" date,
	"ending" text,
	"transition_until" date,
	"certificate" text,
	"sites" text[] NOT NULL,
	"conditions" jsonb,
	"extensions" integer NOT NULL,
	"holds" integer NOT NULL,
	"incidents" integer NOT NULL,
	"last_report_on" date,
	"reports_overdue" integer NOT NULL,
	"as_of_seq" integer NOT NULL,
	CONSTRAINT "trial_phase" CHECK ("trial"."phase" in ('admission', 'admitted', 'running', 'held', 'suspended', 'assessment', 'ended', 'transition', 'over')),
	CONSTRAINT "trial_ending" CHECK ("trial"."ending" in ('completed', 'failed', 'revoked', 'withdrawn', 'expired')),
	CONSTRAINT "trial_not_admitted" CHECK ("trial"."not_admitted" in ('refused', 'withdrawn'))
);
--> statement-breakpoint
CREATE TABLE "trial_fact" (
	"case_code" text NOT NULL,
	"n" integer NOT NULL,
	"regime" text NOT NULL,
	"field" text NOT NULL,
	"kind" text NOT NULL,
	"on" date NOT NULL,
	"subject" text NOT NULL,
	"result" text NOT NULL,
	CONSTRAINT "trial_fact_case_code_n_pk" PRIMARY KEY("case_code","n"),
	CONSTRAINT "trial_fact_kind" CHECK ("trial_fact"."kind" in ('hold', 'incident', 'report', 'lesson'))
);
--> statement-breakpoint
ALTER TABLE "trial" ADD CONSTRAINT "trial_case_code_case_head_code_fk" FOREIGN KEY ("case_code") REFERENCES "public"."case_head"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trial_fact" ADD CONSTRAINT "trial_fact_case_code_case_head_code_fk" FOREIGN KEY ("case_code") REFERENCES "public"."case_head"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "trial_public" ON "trial" USING btree ("admitted_on","dossier_code") WHERE "trial"."admitted_on" is not null;--> statement-breakpoint
CREATE INDEX "trial_dossier" ON "trial" USING btree ("dossier_code");--> statement-breakpoint
CREATE INDEX "trial_filed" ON "trial" USING btree ("filed_on");--> statement-breakpoint
CREATE INDEX "trial_ended" ON "trial" USING btree ("ended_on");--> statement-breakpoint
CREATE INDEX "trial_fact_day" ON "trial_fact" USING btree ("kind","on");--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON trial, trial_fact TO app;--> statement-breakpoint
GRANT DELETE ON trial_fact TO app;
