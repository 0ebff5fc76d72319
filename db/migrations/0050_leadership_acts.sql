CREATE TABLE "leadership_act" (
	"subject" text NOT NULL,
	"n" integer NOT NULL,
	"kind" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"person" text,
	"key" text,
	"canonical" text NOT NULL,
	"hash" "bytea" NOT NULL,
	CONSTRAINT "leadership_act_subject_n_pk" PRIMARY KEY("subject","n")
);
--> statement-breakpoint
ALTER TABLE "leadership_act" ADD CONSTRAINT "leadership_act_person_person_id_fk" FOREIGN KEY ("person") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "leadership_act_key" ON "leadership_act" USING btree ("person","key");--> statement-breakpoint
CREATE INDEX "leadership_act_kind" ON "leadership_act" USING btree ("kind","at");--> statement-breakpoint
GRANT SELECT, INSERT ON leadership_act TO app;
