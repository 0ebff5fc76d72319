DROP INDEX "agency_fact_day";--> statement-breakpoint
DROP INDEX "step_fact_ended";--> statement-breakpoint
DROP INDEX "step_fact_opened";--> statement-breakpoint
CREATE INDEX "agency_fact_kind" ON "agency_fact" USING btree ("kind","agency","on");--> statement-breakpoint
CREATE INDEX "procedure_fact_late" ON "procedure_fact" USING btree ("agency",coalesce("breached_on", "due_date" + 1)) WHERE "procedure_fact"."closed_on" is null or "procedure_fact"."closed_on" >= coalesce("procedure_fact"."breached_on", "procedure_fact"."due_date" + 1);--> statement-breakpoint
CREATE INDEX "step_fact_agency" ON "step_fact" USING btree ("agency","ended_on");