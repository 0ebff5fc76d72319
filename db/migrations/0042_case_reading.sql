CREATE TABLE "case_reading" (
	"case_code" text NOT NULL,
	"person" text NOT NULL,
	"role" text NOT NULL,
	"agency" text,
	"kind" text NOT NULL,
	"subject" text NOT NULL,
	"hour" timestamp with time zone NOT NULL,
	"first_at" timestamp with time zone NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	"times" integer NOT NULL,
	CONSTRAINT "case_reading_case_code_person_kind_subject_hour_pk" PRIMARY KEY("case_code","person","kind","subject","hour"),
	CONSTRAINT "case_reading_kind" CHECK ("case_reading"."kind" in ('case', 'task', 'document'))
);
--> statement-breakpoint
CREATE INDEX "case_reading_newest" ON "case_reading" USING btree ("hour" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "case_reading_person" ON "case_reading" USING btree ("person","hour" DESC NULLS FIRST);--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON case_reading TO app;
