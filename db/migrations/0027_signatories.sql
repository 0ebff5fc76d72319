ALTER TABLE "task" ADD COLUMN "barred" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "task" ADD COLUMN "signatory" text;--> statement-breakpoint
ALTER TABLE "task" DROP CONSTRAINT "task_role";--> statement-breakpoint
ALTER TABLE "task" ADD CONSTRAINT "task_role" CHECK ("task"."role" in ('receiving-officer', 'officer', 'head', 'leader'));--> statement-breakpoint
CREATE INDEX "task_for_head" ON "task" USING btree ("agency") WHERE "task"."role" = 'head' and "task"."status" in ('open', 'claimed', 'waiting');--> statement-breakpoint
ALTER TABLE "delegation" ADD COLUMN "accepted_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "delegation" ADD COLUMN "declined_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "delegation" ADD COLUMN "noted_by" text;--> statement-breakpoint
ALTER TABLE "delegation" ADD CONSTRAINT "delegation_noted_by_person_id_fk" FOREIGN KEY ("noted_by") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- Nobody was asked before: those that were noted hold on.
UPDATE delegation SET accepted_at = created_at;--> statement-breakpoint
UPDATE task t SET barred = array(select b from (
  select json_object_keys(h.state -> 'recused') as b
  union select o.completed_by from task o
    where t.kind = 'step' and o.scope = t.scope and o.kind = 'step' and o.status = 'done' and o.id <> t.id and o.completed_by is not null
) x order by b)
FROM case_head h WHERE h.code = t.case_code AND t.role = 'head' AND t.status in ('open', 'claimed', 'waiting') AND h.state is not null;--> statement-breakpoint
GRANT UPDATE (accepted_at, declined_at) ON delegation TO app;
