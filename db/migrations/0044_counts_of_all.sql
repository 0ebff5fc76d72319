CREATE UNLOGGED TABLE "request_count" (
	"caller" text PRIMARY KEY NOT NULL,
	"since" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"count" integer NOT NULL
);
--> statement-breakpoint
CREATE UNLOGGED TABLE "task_presence" (
	"task" text NOT NULL,
	"person" text NOT NULL,
	"since" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"seen_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "task_presence_task_person_pk" PRIMARY KEY("task","person")
);
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON request_count, task_presence TO app;
