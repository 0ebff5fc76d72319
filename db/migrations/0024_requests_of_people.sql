CREATE TABLE "person_request" (
	"person" text NOT NULL,
	"key" text NOT NULL,
	"hash" text NOT NULL,
	"at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "person_request_person_key_pk" PRIMARY KEY("person","key")
);
--> statement-breakpoint
CREATE TABLE "pin_try" (
	"code" text NOT NULL,
	"caller" text NOT NULL,
	"failed" integer NOT NULL,
	"last_at" timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
	CONSTRAINT "pin_try_code_caller_pk" PRIMARY KEY("code","caller")
);
--> statement-breakpoint
CREATE INDEX "pin_try_last" ON "pin_try" USING btree ("last_at");--> statement-breakpoint
ALTER TABLE "public_pin" DROP COLUMN "failed_tries";--> statement-breakpoint
ALTER TABLE "public_pin" DROP COLUMN "locked_until";--> statement-breakpoint
GRANT SELECT, INSERT ON person_request TO app;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON pin_try TO app;
