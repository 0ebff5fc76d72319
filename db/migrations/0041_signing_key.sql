CREATE TABLE "signing_key" (
	"key_id" text PRIMARY KEY NOT NULL,
	"jwk" json NOT NULL,
	"kept_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
GRANT SELECT, INSERT ON signing_key TO app;
