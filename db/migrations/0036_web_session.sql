CREATE TABLE "web_session" (
	"sid" text PRIMARY KEY NOT NULL,
	"sess" json NOT NULL,
	"expire" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE INDEX "web_session_expire" ON "web_session" USING btree ("expire");--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON web_session TO app;
