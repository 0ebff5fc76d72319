CREATE TABLE "log_checkpoint" (
	"size" bigint PRIMARY KEY NOT NULL,
	"root" "bytea" NOT NULL,
	"note" text NOT NULL,
	"written_at" timestamp with time zone NOT NULL,
	"epoch" integer NOT NULL,
	"xid" "xid8" NOT NULL,
	"id" bigint NOT NULL,
	"codes" text[] NOT NULL,
	"seqs" integer[] NOT NULL
);
--> statement-breakpoint
CREATE TABLE "log_cosignature" (
	"size" bigint NOT NULL,
	"witness" text NOT NULL,
	"line" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "log_cosignature_size_witness_pk" PRIMARY KEY("size","witness")
);
--> statement-breakpoint
CREATE TABLE "log_key" (
	"verifier" text PRIMARY KEY NOT NULL,
	"since" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "transparency_log" (
	"origin" text PRIMARY KEY NOT NULL,
	"salt_key" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE INDEX "log_checkpoint_codes" ON "log_checkpoint" USING gin ("codes");--> statement-breakpoint
GRANT SELECT, INSERT ON transparency_log, log_key, log_checkpoint, log_cosignature TO app;
