CREATE TABLE "message" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"reference" uuid DEFAULT gen_random_uuid() NOT NULL,
	"person" text NOT NULL,
	"channel" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"status" text DEFAULT 'ready' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"not_before" timestamp with time zone,
	"claimed_until" timestamp with time zone,
	"sent_at" timestamp with time zone,
	"last_error" text,
	CONSTRAINT "message_channel" CHECK ("message"."channel" in ('mail', 'sms')),
	CONSTRAINT "message_status" CHECK ("message"."status" in ('ready', 'sending', 'sent', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "notice" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"person" text NOT NULL,
	"kind" text NOT NULL,
	"ref" text NOT NULL,
	"case_code" text,
	"vars" jsonb NOT NULL,
	"urgency" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"read_at" timestamp with time zone,
	CONSTRAINT "notice_urgency" CHECK ("notice"."urgency" in ('now', 'soon', 'normal', 'digest'))
);
--> statement-breakpoint
CREATE TABLE "notice_sending" (
	"notice" bigint NOT NULL,
	"channel" text NOT NULL,
	"person" text NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"message" bigint,
	CONSTRAINT "notice_sending_notice_channel_pk" PRIMARY KEY("notice","channel"),
	CONSTRAINT "notice_sending_channel" CHECK ("notice_sending"."channel" in ('mail', 'sms'))
);
--> statement-breakpoint
CREATE TABLE "notice_setting" (
	"person" text PRIMARY KEY NOT NULL,
	"mail" boolean NOT NULL,
	"sms" boolean NOT NULL,
	"digest" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "webhook" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"url" text NOT NULL,
	"events" text[] NOT NULL,
	"secret" text NOT NULL,
	"status" text DEFAULT 'active' NOT NULL,
	"reason" text,
	"epoch" integer NOT NULL,
	"xid" "xid8" NOT NULL,
	"position" bigint NOT NULL,
	"replays" integer DEFAULT 0 NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "webhook_status" CHECK ("webhook"."status" in ('active', 'paused'))
);
--> statement-breakpoint
CREATE TABLE "webhook_delivery" (
	"webhook" uuid NOT NULL,
	"case_code" text NOT NULL,
	"seq" integer NOT NULL,
	"type" text NOT NULL,
	"status" text NOT NULL,
	"attempts" integer NOT NULL,
	"answer" text,
	"last_at" timestamp with time zone NOT NULL,
	CONSTRAINT "webhook_delivery_webhook_case_code_seq_pk" PRIMARY KEY("webhook","case_code","seq"),
	CONSTRAINT "webhook_delivery_status" CHECK ("webhook_delivery"."status" in ('delivered', 'failed'))
);
--> statement-breakpoint
ALTER TABLE "person" ADD COLUMN "phone" text;--> statement-breakpoint
ALTER TABLE "message" ADD CONSTRAINT "message_person_person_id_fk" FOREIGN KEY ("person") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice" ADD CONSTRAINT "notice_person_person_id_fk" FOREIGN KEY ("person") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_sending" ADD CONSTRAINT "notice_sending_notice_notice_id_fk" FOREIGN KEY ("notice") REFERENCES "public"."notice"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_sending" ADD CONSTRAINT "notice_sending_message_message_id_fk" FOREIGN KEY ("message") REFERENCES "public"."message"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_setting" ADD CONSTRAINT "notice_setting_person_person_id_fk" FOREIGN KEY ("person") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook" ADD CONSTRAINT "webhook_created_by_person_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_webhook_webhook_id_fk" FOREIGN KEY ("webhook") REFERENCES "public"."webhook"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "message_reference" ON "message" USING btree ("reference");--> statement-breakpoint
CREATE INDEX "message_unsent" ON "message" USING btree ("channel","person","id") WHERE "message"."status" in ('ready', 'sending');--> statement-breakpoint
CREATE UNIQUE INDEX "notice_once" ON "notice" USING btree ("person","ref","kind");--> statement-breakpoint
CREATE INDEX "notice_list" ON "notice" USING btree ("person","id" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "notice_unread" ON "notice" USING btree ("person","id" DESC NULLS FIRST) WHERE "notice"."read_at" is null;--> statement-breakpoint
CREATE INDEX "notice_sending_waiting" ON "notice_sending" USING btree ("due_at") WHERE "notice_sending"."message" is null;--> statement-breakpoint
CREATE INDEX "notice_sending_person" ON "notice_sending" USING btree ("person","due_at");--> statement-breakpoint
CREATE INDEX "notice_sending_message" ON "notice_sending" USING btree ("message");--> statement-breakpoint
CREATE INDEX "webhook_delivery_list" ON "webhook_delivery" USING btree ("webhook","last_at" DESC NULLS FIRST);--> statement-breakpoint
GRANT SELECT, INSERT ON notice, message, notice_sending, notice_setting, webhook, webhook_delivery TO app;
--> statement-breakpoint
GRANT UPDATE (read_at) ON notice TO app;
--> statement-breakpoint
GRANT UPDATE (message) ON notice_sending TO app;
--> statement-breakpoint
GRANT UPDATE ON message, notice_setting, webhook, webhook_delivery TO app;
--> statement-breakpoint
GRANT USAGE ON SEQUENCE notice_id_seq, message_id_seq TO app;
--> statement-breakpoint
INSERT INTO feed_cursor (reader, epoch, xid, id) SELECT 'notifier', epoch, xid, id FROM case_event ORDER BY epoch DESC, xid DESC, id DESC LIMIT 1;
