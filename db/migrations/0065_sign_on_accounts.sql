CREATE TABLE "sign_on_account" (
	"digest" "bytea" PRIMARY KEY NOT NULL,
	"person" text NOT NULL,
	"since" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "sign_on_account" ADD CONSTRAINT "sign_on_account_person_person_id_fk" FOREIGN KEY ("person") REFERENCES "public"."person"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "sign_on_account_person" ON "sign_on_account" USING btree ("person");--> statement-breakpoint
GRANT SELECT, INSERT ON sign_on_account TO app;
