CREATE TABLE "answer_draft" (
	"person" text NOT NULL,
	"task" text NOT NULL,
	"fields" json NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "answer_draft_person_task_pk" PRIMARY KEY("person","task")
);
--> statement-breakpoint
CREATE TABLE "task_mark" (
	"person" text NOT NULL,
	"task" text NOT NULL,
	"status" text NOT NULL,
	"due_date" date,
	"seen_at" timestamp with time zone NOT NULL,
	CONSTRAINT "task_mark_person_task_pk" PRIMARY KEY("person","task")
);
--> statement-breakpoint
CREATE INDEX "answer_draft_task" ON "answer_draft" USING btree ("task");--> statement-breakpoint
CREATE INDEX "answer_draft_oldest" ON "answer_draft" USING btree ("updated_at");--> statement-breakpoint
CREATE INDEX "task_mark_oldest" ON "task_mark" USING btree ("seen_at");--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON task_mark, answer_draft TO app;
