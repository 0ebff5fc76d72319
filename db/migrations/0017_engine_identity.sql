ALTER TABLE "installation" ADD COLUMN "engine" text;--> statement-breakpoint
GRANT UPDATE ("engine") ON installation TO app;
