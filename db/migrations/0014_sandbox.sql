CREATE TABLE "council_seat" (
	"case_code" text NOT NULL,
	"person" text NOT NULL,
	CONSTRAINT "council_seat_case_code_person_pk" PRIMARY KEY("case_code","person")
);
--> statement-breakpoint
CREATE TABLE "regime" (
	"version" text PRIMARY KEY NOT NULL,
	"code" text NOT NULL,
	"data" json NOT NULL
);
--> statement-breakpoint
ALTER TABLE "case_head" DROP CONSTRAINT "case_head_kind";--> statement-breakpoint
ALTER TABLE "person" DROP CONSTRAINT "person_role";--> statement-breakpoint
ALTER TABLE "scope" DROP CONSTRAINT "scope_kind";--> statement-breakpoint
CREATE INDEX "council_seat_person" ON "council_seat" USING btree ("person");--> statement-breakpoint
ALTER TABLE "case_head" ADD CONSTRAINT "case_head_kind" CHECK ("case_head"."kind" in ('green-lane', 'sandbox'));--> statement-breakpoint
ALTER TABLE "person" ADD CONSTRAINT "person_role" CHECK ("person"."role" in ('investor', 'representative', 'receiving-officer', 'officer', 'head', 'leader', 'expert', 'auditor', 'admin', 'operator'));--> statement-breakpoint
ALTER TABLE "scope" ADD CONSTRAINT "scope_kind" CHECK ("scope"."kind" in ('case', 'trial', 'procedure', 'consultation'));--> statement-breakpoint
GRANT SELECT, INSERT ON council_seat TO app;--> statement-breakpoint
GRANT SELECT ON regime TO app;
