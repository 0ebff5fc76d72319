-- When a notice goes out by a channel, and of which message it became part, stands in the notice: one row instead of two.
ALTER TABLE "notice" ADD COLUMN "mail_due" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "notice" ADD COLUMN "mail_message" bigint;--> statement-breakpoint
ALTER TABLE "notice" ADD COLUMN "sms_due" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "notice" ADD COLUMN "sms_message" bigint;--> statement-breakpoint
UPDATE notice n SET mail_due = s.due_at, mail_message = s.message FROM notice_sending s WHERE s.notice = n.id AND s.channel = 'mail';--> statement-breakpoint
UPDATE notice n SET sms_due = s.due_at, sms_message = s.message FROM notice_sending s WHERE s.notice = n.id AND s.channel = 'sms';--> statement-breakpoint
DROP TABLE "notice_sending";--> statement-breakpoint
ALTER TABLE "notice" ADD CONSTRAINT "notice_mail_message_message_id_fk" FOREIGN KEY ("mail_message") REFERENCES "public"."message"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice" ADD CONSTRAINT "notice_sms_message_message_id_fk" FOREIGN KEY ("sms_message") REFERENCES "public"."message"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "notice_mail_waiting" ON "notice" USING btree ("mail_due") WHERE "notice"."mail_due" is not null and "notice"."mail_message" is null;--> statement-breakpoint
CREATE INDEX "notice_sms_waiting" ON "notice" USING btree ("sms_due") WHERE "notice"."sms_due" is not null and "notice"."sms_message" is null;--> statement-breakpoint
CREATE INDEX "notice_mailed" ON "notice" USING btree ("person","mail_due");--> statement-breakpoint
CREATE INDEX "notice_mail_message" ON "notice" USING btree ("mail_message") WHERE "notice"."mail_message" is not null;--> statement-breakpoint
CREATE INDEX "notice_sms_message" ON "notice" USING btree ("sms_message") WHERE "notice"."sms_message" is not null;--> statement-breakpoint
GRANT UPDATE (mail_due, mail_message, sms_due, sms_message) ON notice TO app;--> statement-breakpoint
-- Each notice on its way by each channel: `due_at` is business time, `message` what it became part of.
CREATE VIEW notice_sending AS
SELECT id AS notice, 'mail'::text AS channel, person, mail_due AS due_at, mail_message AS message FROM notice WHERE mail_due IS NOT NULL
UNION ALL
SELECT id, 'sms', person, sms_due, sms_message FROM notice WHERE sms_due IS NOT NULL;--> statement-breakpoint
GRANT SELECT ON notice_sending TO app;
