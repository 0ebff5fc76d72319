-- Which fold made the kept state: an upgrade finds the older ones without reading any. 0: nobody has looked yet.
ALTER TABLE "case_head" ADD COLUMN "fold" smallint DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "case_head_fold" ON "case_head" USING btree ("fold","code");--> statement-breakpoint
-- Whose devices sign with a key: one trial's in the whole register.
CREATE TABLE "trial_key" (
	"public_key" text PRIMARY KEY NOT NULL,
	"case_code" text NOT NULL,
	"key_id" text NOT NULL,
	"shared" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
ALTER TABLE "trial_key" ADD CONSTRAINT "trial_key_case_code_case_head_code_fk" FOREIGN KEY ("case_code") REFERENCES "public"."case_head"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
INSERT INTO "trial_key" ("public_key", "case_code", "key_id", "shared")
SELECT k.value, (array_agg(h.code ORDER BY h.opened_at, h.code))[1], (array_agg(k.key ORDER BY h.opened_at, h.code, k.key))[1],
	count(DISTINCT h.code) > 1
FROM "case_head" h CROSS JOIN LATERAL json_each_text(h.state -> 'trial' -> 'keys') k
WHERE h.kind = 'sandbox' AND json_typeof(h.state -> 'trial' -> 'keys') = 'object'
GROUP BY k.value;
--> statement-breakpoint
GRANT SELECT, INSERT ON trial_key TO app;--> statement-breakpoint
-- What fails waits longer each time, and lets others go first.
ALTER TABLE "agenda" ADD COLUMN "attempts" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "agenda" ADD COLUMN "not_before" timestamp with time zone;
