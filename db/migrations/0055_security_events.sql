CREATE TABLE "security_event" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"n" bigserial NOT NULL,
	"kind" text NOT NULL,
	"account" text NOT NULL,
	"subject" text NOT NULL,
	"caller" text NOT NULL,
	"hour" timestamp with time zone NOT NULL,
	"first_at" timestamp with time zone NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	"times" integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX "security_event_same" ON "security_event" USING btree ("kind","hour","account","subject","caller");--> statement-breakpoint
CREATE UNIQUE INDEX "security_event_stream" ON "security_event" USING btree ("n");--> statement-breakpoint
CREATE INDEX "security_event_oldest" ON "security_event" USING btree ("last_at");--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON security_event TO app;
--> statement-breakpoint
GRANT USAGE ON SEQUENCE security_event_id_seq, security_event_n_seq TO app;
