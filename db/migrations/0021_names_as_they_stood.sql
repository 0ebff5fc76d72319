CREATE TABLE "case_name" (
	"case_code" text NOT NULL,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"seq" integer NOT NULL,
	"body" text,
	"salt" text,
	"hash" text NOT NULL,
	"erased_at" timestamp with time zone,
	CONSTRAINT "case_name_case_code_kind_subject_seq_pk" PRIMARY KEY("case_code","kind","subject","seq"),
	CONSTRAINT "case_name_kind" CHECK ("case_name"."kind" in ('person', 'agency'))
);
--> statement-breakpoint
ALTER TABLE "case_name" ADD CONSTRAINT "case_name_case_code_case_head_code_fk" FOREIGN KEY ("case_code") REFERENCES "public"."case_head"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "case_name_subject" ON "case_name" USING btree ("subject");--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE (body, salt, erased_at) ON case_name TO app;
