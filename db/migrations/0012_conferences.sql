CREATE TABLE "conference" (
	"scope" text PRIMARY KEY NOT NULL,
	"case_code" text NOT NULL,
	"chair" text NOT NULL,
	"issues" jsonb NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"due_date" date NOT NULL,
	"decided_at" timestamp with time zone,
	"resolutions" jsonb NOT NULL,
	"dissent" jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "conference" ADD CONSTRAINT "conference_case_code_case_head_code_fk" FOREIGN KEY ("case_code") REFERENCES "public"."case_head"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "conference_case" ON "conference" USING btree ("case_code");--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON conference TO app;
