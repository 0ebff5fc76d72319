CREATE TABLE "notice_outbox" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"case_code" text NOT NULL,
	"seq" integer NOT NULL,
	"at" timestamp with time zone,
	"investor" text,
	"notices" jsonb
);
--> statement-breakpoint
CREATE TABLE "reader_fault" (
	"reader" text NOT NULL,
	"case_code" text NOT NULL,
	"seq" integer NOT NULL,
	"error" text NOT NULL,
	"attempts" integer NOT NULL,
	"not_before" timestamp with time zone NOT NULL,
	"first_at" timestamp with time zone NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	CONSTRAINT "reader_fault_reader_case_code_seq_pk" PRIMARY KEY("reader","case_code","seq")
);
--> statement-breakpoint
CREATE TABLE "trial_batch" (
	"case_code" text NOT NULL,
	"seq" integer NOT NULL,
	"batch" integer NOT NULL,
	"digest" text NOT NULL,
	"limits" text[] NOT NULL,
	"readings" text,
	"salt" text,
	"hash" text NOT NULL,
	"erased_at" timestamp with time zone,
	CONSTRAINT "trial_batch_case_code_seq_pk" PRIMARY KEY("case_code","seq")
);
--> statement-breakpoint
ALTER TABLE "trial_batch" ADD CONSTRAINT "trial_batch_case_code_case_head_code_fk" FOREIGN KEY ("case_code") REFERENCES "public"."case_head"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "notice_outbox_event" ON "notice_outbox" USING btree ("case_code","seq");--> statement-breakpoint
CREATE INDEX "reader_fault_due" ON "reader_fault" USING btree ("reader","not_before");--> statement-breakpoint
CREATE UNIQUE INDEX "trial_batch_number" ON "trial_batch" USING btree ("case_code","batch");--> statement-breakpoint
CREATE INDEX "message_person" ON "message" USING btree ("person","channel","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "message_over" ON "message" USING btree ("id") WHERE "message"."status" in ('sent', 'failed');--> statement-breakpoint
CREATE INDEX "notice_read" ON "notice" USING btree ("read_at") WHERE "notice"."read_at" is not null;--> statement-breakpoint
CREATE INDEX "webhook_delivery_over" ON "webhook_delivery" USING btree ("last_at") WHERE "webhook_delivery"."status" = 'delivered';--> statement-breakpoint
GRANT SELECT, INSERT, DELETE ON notice_outbox TO app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON reader_fault TO app;
--> statement-breakpoint
GRANT SELECT, INSERT ON trial_batch TO app;
--> statement-breakpoint
GRANT USAGE ON SEQUENCE notice_outbox_id_seq TO app;
--> statement-breakpoint
GRANT DELETE ON notice, notice_sending, message, webhook_delivery TO app;
--> statement-breakpoint
-- What the notifier had not told yet when it still read the feed: derived by whoever empties the outbox, once.
INSERT INTO notice_outbox (case_code, seq)
SELECT e.case_code, e.seq FROM case_event e LEFT JOIN feed_cursor c ON c.reader = 'notifier'
WHERE (e.epoch, e.xid, e.id) > (coalesce(c.epoch, 0), coalesce(c.xid, '0'::xid8), coalesce(c.id, 0)) ORDER BY e.epoch, e.xid, e.id;
--> statement-breakpoint
DELETE FROM feed_cursor WHERE reader = 'notifier';
