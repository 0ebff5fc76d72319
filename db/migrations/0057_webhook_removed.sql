ALTER TABLE "webhook" DROP CONSTRAINT "webhook_status";--> statement-breakpoint
ALTER TABLE "webhook" ADD CONSTRAINT "webhook_status" CHECK ("webhook"."status" in ('active', 'paused', 'removed'));