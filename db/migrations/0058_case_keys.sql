CREATE TABLE "case_key" (
	"case_code" text NOT NULL,
	"id" text NOT NULL,
	"master" text NOT NULL,
	"wrapped" "bytea",
	"made_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	"destroyed_at" timestamp with time zone,
	CONSTRAINT "case_key_case_code_id_pk" PRIMARY KEY("case_code","id")
);
--> statement-breakpoint
ALTER TABLE "case_text" ADD COLUMN "sealed" "bytea";--> statement-breakpoint
ALTER TABLE "case_key" ADD CONSTRAINT "case_key_case_code_case_head_code_fk" FOREIGN KEY ("case_code") REFERENCES "public"."case_head"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "case_text_clear" ON "case_text" USING btree ("case_code") WHERE "case_text"."body" is not null;--> statement-breakpoint
GRANT SELECT, INSERT ON case_key TO app;
