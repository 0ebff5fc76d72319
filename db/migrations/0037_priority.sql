DROP INDEX "task_worklist";--> statement-breakpoint
DROP INDEX "task_all_worklist";--> statement-breakpoint
DROP INDEX "task_mine";--> statement-breakpoint
DROP INDEX "task_free";--> statement-breakpoint
DROP INDEX "task_returned";--> statement-breakpoint
DROP INDEX "task_procedure";--> statement-breakpoint
DROP INDEX "task_kind";--> statement-breakpoint
DROP INDEX "task_lane";--> statement-breakpoint
ALTER TABLE "task" ADD COLUMN "lane_order" smallint DEFAULT 1 NOT NULL;--> statement-breakpoint
CREATE INDEX "task_due" ON "task" USING btree ("agency","due_order","id") WHERE "task"."status" in ('open', 'claimed', 'waiting');--> statement-breakpoint
CREATE INDEX "task_all_due" ON "task" USING btree ("due_order","id") WHERE "task"."status" in ('open', 'claimed', 'waiting');--> statement-breakpoint
CREATE INDEX "task_worklist" ON "task" USING btree ("agency","risk_order","lane_order","due_order","id") WHERE "task"."status" in ('open', 'claimed', 'waiting');--> statement-breakpoint
CREATE INDEX "task_all_worklist" ON "task" USING btree ("risk_order","lane_order","due_order","id") WHERE "task"."status" in ('open', 'claimed', 'waiting');--> statement-breakpoint
CREATE INDEX "task_mine" ON "task" USING btree ("claimed_by","risk_order","lane_order","due_order","id") WHERE "task"."status" in ('claimed', 'waiting');--> statement-breakpoint
CREATE INDEX "task_free" ON "task" USING btree ("agency","risk_order","lane_order","due_order","id") WHERE "task"."status" = 'open';--> statement-breakpoint
CREATE INDEX "task_returned" ON "task" USING btree ("returned_to","due_order","id") WHERE "task"."status" = 'open' and "task"."returned_to" is not null;--> statement-breakpoint
CREATE INDEX "task_procedure" ON "task" USING btree ("procedure","risk_order","lane_order","due_order","id") WHERE "task"."status" in ('open', 'claimed', 'waiting');--> statement-breakpoint
CREATE INDEX "task_kind" ON "task" USING btree ("kind","risk_order","lane_order","due_order","id") WHERE "task"."status" in ('open', 'claimed', 'waiting');--> statement-breakpoint
CREATE INDEX "task_lane" ON "task" USING btree ("lane","risk_order","lane_order","due_order","id") WHERE "task"."status" in ('open', 'claimed', 'waiting');--> statement-breakpoint
UPDATE "task" t SET "lane_order" = 0 FROM "agency" a
WHERE a.code = t.agency AND (a.data ->> 'commandedByCity')::boolean AND t.lane = 'green' AND t.status IN ('open', 'claimed', 'waiting');--> statement-breakpoint
UPDATE "task" SET "risk" = 1
WHERE risk = 0 AND due_date IS NOT NULL AND status IN ('open', 'claimed', 'waiting') AND kind IN ('intake', 'lane', 'stuck', 'question', 'fit', 'incident', 'signatory');
