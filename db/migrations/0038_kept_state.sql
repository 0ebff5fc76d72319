ALTER TABLE "case_head" ADD COLUMN "state_seq" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "case_head" ADD COLUMN "trial" jsonb;--> statement-breakpoint
-- Until now the state was written with every event. Room on the page: most commands change no column that is in an index.
ALTER TABLE "case_head" SET (fillfactor = 80);--> statement-breakpoint
UPDATE "case_head" h SET state_seq = h.seq, trial = case when h.kind = 'sandbox' then jsonb_build_object('regime', h.state -> 'trial' ->> 'regime',
  'version', h.state -> 'trial' ->> 'version', 'phase', h.state -> 'trial' ->> 'phase', 'ending', h.state -> 'trial' ->> 'ending') end
WHERE h.state is not null;
