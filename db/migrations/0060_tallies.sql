CREATE TABLE "work_fact" (
	"task" text PRIMARY KEY NOT NULL,
	"case_code" text NOT NULL,
	"lane" text NOT NULL,
	"pathway" text NOT NULL,
	"zone" text,
	"case_kind" text NOT NULL,
	"kind" text NOT NULL,
	"procedure" text,
	"step" text NOT NULL,
	"agency" text NOT NULL,
	"opened_on" date NOT NULL,
	"due_date" date,
	"claimed" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tally" (
	"family" text NOT NULL,
	"span" text NOT NULL,
	"first" date NOT NULL,
	"cell" integer NOT NULL,
	"value" numeric NOT NULL,
	"n" bigint NOT NULL,
	"amount" numeric NOT NULL,
	CONSTRAINT "tally_family_span_first_cell_value_pk" PRIMARY KEY("family","span","first","cell","value"),
	CONSTRAINT "tally_span" CHECK ("tally"."span" in ('day', 'month', 'year'))
);
--> statement-breakpoint
CREATE TABLE "tally_cell" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "tally_cell_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"family" text NOT NULL,
	"measure" text NOT NULL,
	"key" text NOT NULL,
	"lane" text NOT NULL,
	"pathway" text NOT NULL,
	"zone" text,
	CONSTRAINT "tally_cell_once" UNIQUE NULLS NOT DISTINCT("family","measure","key","lane","pathway","zone")
);
--> statement-breakpoint
DROP INDEX "case_fact_standard";--> statement-breakpoint
DROP INDEX "procedure_fact_targets";--> statement-breakpoint
ALTER TABLE "case_fact" ADD COLUMN "path" text[];--> statement-breakpoint
ALTER TABLE "procedure_fact" ADD COLUMN "country" text;--> statement-breakpoint
ALTER TABLE "procedure_fact" ADD COLUMN "investor_class" text;--> statement-breakpoint
ALTER TABLE "procedure_fact" ADD COLUMN "field" text;--> statement-breakpoint
ALTER TABLE "work_fact" ADD CONSTRAINT "work_fact_case_code_case_head_code_fk" FOREIGN KEY ("case_code") REFERENCES "public"."case_head"("code") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "work_fact_case" ON "work_fact" USING btree ("case_code");--> statement-breakpoint
CREATE INDEX "tally_nothing_left" ON "tally" USING btree ("cell") WHERE "tally"."n" = 0;--> statement-breakpoint
CREATE INDEX "case_fact_excluded" ON "case_fact" USING btree ("ended_on" DESC NULLS FIRST,"case_code") WHERE "case_fact"."kind" = 'green-lane' and cardinality("case_fact"."exclusions") > 0;--> statement-breakpoint
CREATE INDEX "case_fact_unverified" ON "case_fact" USING btree ("ended_on" DESC NULLS FIRST,"case_code") WHERE "case_fact"."kind" = 'green-lane' and "case_fact"."reduction" is not null and cardinality("case_fact"."unverified") > 0;--> statement-breakpoint
CREATE INDEX "procedure_fact_targets" ON "procedure_fact" USING btree (coalesce("target30_due", "target40_due"),"scope") WHERE "procedure_fact"."target30" is not null or "procedure_fact"."target40" is not null;--> statement-breakpoint
GRANT SELECT ON tally, tally_cell TO app;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON work_fact TO app;--> statement-breakpoint
UPDATE procedure_fact p SET country = c.country, investor_class = c.investor_class, field = c.field FROM case_fact c
WHERE c.case_code = p.case_code AND (c.country, c.investor_class, c.field) IS DISTINCT FROM (p.country, p.investor_class, p.field);--> statement-breakpoint
UPDATE case_fact c SET path = p.path FROM (
  SELECT case_code, array_agg(procedure || CASE WHEN outcome = 'approved' THEN '' ELSE ':' || outcome END ORDER BY closed_on, scope) AS path
  FROM procedure_fact WHERE closed_on IS NOT NULL GROUP BY case_code) p WHERE p.case_code = c.case_code;--> statement-breakpoint
INSERT INTO work_fact (task, case_code, lane, pathway, zone, case_kind, kind, procedure, step, agency, opened_on, due_date, claimed)
SELECT t.id, c.case_code, c.lane, c.pathway, c.zone, c.kind, t.kind, t.procedure, coalesce(t.step, t.kind), t.agency,
  (t.opened_at AT TIME ZONE interval '7 hours')::date, t.due_date, t.claimed_by IS NOT NULL
FROM task t JOIN case_fact c USING (case_code) WHERE t.status IN ('open', 'claimed', 'waiting');--> statement-breakpoint
CREATE TYPE tally_mark AS (family text, measure text, key text, lane text, pathway text, zone text, day date, value numeric, n bigint, amount numeric);--> statement-breakpoint
-- One row of facts is some marks: what is counted, on which day, of which value or amount. A mark without a day, a value or an amount is none. What a mark is
-- cut by is part of its family, so that a reader takes no other cut along.
CREATE FUNCTION tally_case_marks(f case_fact) RETURNS TABLE (family text, measure text, key text, day date, value numeric, amount numeric)
LANGUAGE sql STABLE AS $$
  SELECT m.family || c.cut, m.measure, CASE WHEN c.cut = '' THEN m.key ELSE c.key END, m.day, m.value::numeric, m.amount::numeric
  FROM (SELECT CASE WHEN f.reduction IS NOT NULL THEN f.ended_on END AS counted,
      CASE WHEN f.reduction IS NOT NULL AND f.baseline = 'observed' THEN f.ended_on END AS observed,
      CASE WHEN f.exclusions = '{standard-lane}' AND f.whole_reduction IS NOT NULL AND f.city_reduction IS NOT NULL THEN f.ended_on END AS control,
      CASE WHEN cardinality(f.exclusions) > 0 AND NOT 'standard-lane' = ANY (f.exclusions) THEN f.ended_on END AS lost,
      CASE WHEN NOT f.adjustment THEN f.licensed_on END AS licensed,
      CASE WHEN NOT f.adjustment AND f.milestone = 'approvals' AND NOT 'deferred' = ANY (f.exclusions) THEN f.reached_on END AS built,
      CASE WHEN f.foreign_share > 0 THEN f.fdi_registered_on END AS foreign_on,
      CASE WHEN cardinality(f.unverified) = 0 THEN 'verified' ELSE 'unverified' END AS rests) d
  CROSS JOIN LATERAL (VALUES
    ('opened', 'opened', '', f.opened_on, 0, 0, true),
    ('closed', 'closed', coalesce(f.outcome, ''), f.closed_on, 0, 0, false),
    ('closed', 'withdrawn after breach', '', CASE WHEN f.outcome = 'withdrawn' AND f.broken_terms > 0 THEN f.closed_on END, 0, 0, false),
    ('standing', 'past baseline', '', CASE WHEN f.lane = 'green' AND f.ended_on IS NULL THEN f.baseline_ends_on END, 0, 0, false),
    ('licensed', 'licensed', '', d.licensed, 0, 0, true),
    ('licensed', 'net', '', d.licensed, f.licence_net_days, 0, true),
    ('licensed', 'gross', '', d.licensed, f.licence_gross_days, 0, false),
    ('built', 'net', '', d.built, f.net_days, 0, false),
    ('built', 'gross', '', d.built, f.gross_days, 0, false),
    ('reduction', 'reduction', d.rests, d.counted, f.reduction, 0, true),
    ('reduction', 'whole days', d.rests, d.counted, 0, f.whole_days, true),
    ('reduction', 'baseline days', d.rests, d.counted, 0, f.baseline_days, true),
    ('reduction', 'city days', d.rests, d.counted, 0, f.city_days, true),
    ('reduction', 'city baseline days', d.rests, d.counted, 0, f.city_baseline_days, true),
    ('ended', 'whole reduction', d.rests, d.counted, f.whole_reduction, 0, false),
    ('ended', 'city reduction', d.rests, d.counted, f.city_reduction, 0, false),
    ('ended', 'law baseline days', '', d.counted, 0, coalesce(f.law_baseline_days, f.baseline_days), false),
    ('ended', 'law city baseline days', '', d.counted, 0, coalesce(f.law_city_baseline_days, f.city_baseline_days), false),
    ('ended', 'observed', '', d.observed, 0, 0, false),
    ('ended', 'observed whole days', '', d.observed, 0, f.whole_days, false),
    ('ended', 'observed baseline days', '', d.observed, 0, f.baseline_days, false),
    ('ended', 'observed city days', '', d.observed, 0, f.city_days, false),
    ('ended', 'observed city baseline days', '', d.observed, 0, f.city_baseline_days, false),
    ('ended', 'control reduction', '', d.control, least(f.whole_reduction, f.city_reduction), 0, false),
    ('ended', 'control whole reduction', '', d.control, f.whole_reduction, 0, false),
    ('ended', 'control city reduction', '', d.control, f.city_reduction, 0, false),
    ('ended', 'control whole days', '', d.control, 0, f.whole_days, false),
    ('ended', 'control baseline days', '', d.control, 0, f.baseline_days, false),
    ('ended', 'control city days', '', d.control, 0, f.city_days, false),
    ('ended', 'control city baseline days', '', d.control, 0, f.city_baseline_days, false),
    ('ended', 'lost', '', CASE WHEN f.reduction IS NULL THEN d.lost END, 0, 0, false),
    ('ended', 'lost baseline days', '', d.lost, 0, f.baseline_days, false),
    ('ended', 'lost city baseline days', '', d.lost, 0, coalesce(f.city_baseline_days, f.baseline_days), false),
    ('ended', 'against peers', '', CASE WHEN f.peers > 0 THEN d.counted END, round(1 - f.whole_days / nullif(f.peers_whole_days, 0), 4), 0, false),
    ('ended', 'broken', '', CASE WHEN f.broken_terms > 0 THEN d.counted END, 0, 0, false),
    ('ended', 'refiled', '', CASE WHEN f.refilings > 0 THEN f.ended_on END, 0, 0, false),
    ('ended', 'lane decided late', '', CASE WHEN f.lane_decided_late THEN f.ended_on END, 0, 0, false),
    ('ended', 'excluded', '', CASE WHEN cardinality(f.exclusions) > 0 THEN f.ended_on END, 0, 0, false),
    ('registered', 'registered', '', f.fdi_registered_on, 0, 0, true),
    ('registered', 'capital', '', f.fdi_registered_on, 0, f.capital_vnd, true),
    ('registered', 'jobs', '', f.fdi_registered_on, 0, f.jobs, true),
    ('registered', 'foreign', '', d.foreign_on, 0, 0, true),
    ('registered', 'foreign usd', '', d.foreign_on, 0, f.capital_usd * f.foreign_share, true),
    ('registered', 'foreign vnd', '', d.foreign_on, 0, f.capital_vnd * f.foreign_share, false),
    ('peers', 'peers', f.milestone, CASE WHEN f.exclusions = '{standard-lane}' THEN f.ended_on END, 0, 0, false),
    ('peers', 'whole days', f.milestone, CASE WHEN f.exclusions = '{standard-lane}' THEN f.ended_on END, f.whole_days, 0, false),
    ('path', 'path', to_json(f.path)::text, CASE WHEN f.path IS NOT NULL THEN f.ended_on END, 0, 0, false),
    ('path', 'gross', to_json(f.path)::text, CASE WHEN f.path IS NOT NULL THEN f.ended_on END, f.gross_days, 0, false)
  ) m (family, measure, key, day, value, amount, is_cut)
  JOIN (VALUES ('', ''), (' by field', coalesce(f.field, 'unknown')), (' by country', coalesce(f.country, 'unknown')),
    (' by investor', coalesce(f.investor_class, 'unknown'))) c (cut, key) ON m.is_cut OR c.cut = ''
  WHERE f.kind = 'green-lane' AND m.day IS NOT NULL AND m.value IS NOT NULL AND m.amount IS NOT NULL
  UNION ALL
  SELECT 'ended', 'exclusion', reason, f.ended_on, 0::numeric, 0::numeric FROM unnest(f.exclusions) reason WHERE f.kind = 'green-lane' AND f.ended_on IS NOT NULL
$$;--> statement-breakpoint
CREATE FUNCTION tally_procedure_marks(f procedure_fact) RETURNS TABLE (family text, measure text, key text, day date, value numeric, amount numeric)
LANGUAGE sql STABLE AS $$
  SELECT m.family || c.cut, m.measure, c.key, m.day, m.value::numeric, m.amount::numeric
  FROM (SELECT coalesce(f.breached_on, f.due_date + 1) AS late, CASE WHEN f.handled IS NOT NULL THEN f.closed_on END AS handled,
      coalesce(f.filed_on, f.received_on, date '2000-01-01') AS began) d
  CROSS JOIN LATERAL (VALUES
    ('term', 'on time', f.closed_on, f.on_time::int, 0, 3),
    ('late', 'late', d.late, 0, 0, 3),
    ('late', 'late no more', greatest(d.late, CASE WHEN d.late IS NOT NULL THEN f.closed_on END), CASE WHEN f.closed_on IS NOT NULL THEN 0 END, 0, 3),
    ('procedure', 'closed', f.closed_on, 0, 0, 1),
    ('procedure', 'net', f.closed_on, f.net_days, 0, 1),
    ('procedure', 'gross', f.closed_on, f.gross_days, 0, 1),
    ('procedure', 'on time strictly', f.closed_on, f.on_time_strict::int, 0, 1),
    ('procedure', 'within 30', f.closed_on, f.within30::int, 0, 1),
    ('procedure', 'within 40', f.closed_on, f.within40::int, 0, 1),
    ('procedure', 'filed online', f.closed_on, f.filed_online::int, 0, 1),
    ('procedure', 'extensions', f.closed_on, 0, f.extensions, 1),
    ('procedure', 'supplements', f.closed_on, 0, f.supplements, 1),
    ('procedure', 'documents', CASE WHEN f.filed_on IS NOT NULL THEN f.closed_on END, 0, f.documents, 1),
    ('procedure', 'once only', f.closed_on, 0, f.once_only, 1),
    ('missed', 'missed 30', CASE WHEN f.closed_on IS NULL AND f.target30 = 'missed' THEN f.target30_due END, 0, 0, 1),
    ('missed', 'missed 40', CASE WHEN f.closed_on IS NULL AND f.target40 = 'missed' THEN f.target40_due END, 0, 0, 1),
    ('handled', 'handled ' || f.handled, d.handled, 0, 0, 1),
    ('handled', 'by machine', d.handled, 0, f.done_by_machine, 1),
    ('handled', 'assisted', d.handled, 0, f.done_assisted, 1),
    ('handled', 'by person', d.handled, 0, f.done_by_person, 1),
    ('ended', 'ended', f.closed_on, 0, 0, 2),
    ('open', 'open', CASE WHEN f.closed_on IS NULL THEN d.began END, 0, 0, 2),
    ('open', '30 ' || f.target30, CASE WHEN f.target30 IS NOT NULL THEN d.began END, 0, 0, 2),
    ('open', '40 ' || f.target40, CASE WHEN f.target40 IS NOT NULL THEN d.began END, 0, 0, 2)
  ) m (family, measure, day, value, amount, cuts)
  JOIN (VALUES (1, ' by procedure', f.procedure), (2, ' by agency', f.agency), (3, ' by field', coalesce(f.field, 'unknown')),
    (3, ' by country', coalesce(f.country, 'unknown')), (3, ' by investor', coalesce(f.investor_class, 'unknown'))) c (cuts, cut, key)
    ON m.cuts = 3 OR m.cuts = c.cuts
  WHERE m.day IS NOT NULL AND m.value IS NOT NULL AND m.amount IS NOT NULL
$$;--> statement-breakpoint
CREATE FUNCTION tally_agency_marks(f agency_fact) RETURNS TABLE (family text, measure text, key text, day date, value numeric, amount numeric)
LANGUAGE sql STABLE AS $$
  SELECT m.family, m.measure, m.key, f."on", m.value::numeric, m.amount::numeric
  FROM (SELECT f.class IS NULL OR f.class IN ('city', 'central') AS is_ours) d
  CROSS JOIN LATERAL (VALUES
    ('holding by agency', 'holding', f.agency, CASE WHEN d.is_ours AND f.kind = 'holding' THEN f.days END, 0),
    ('doing by agency', 'opinion ' || coalesce(f.result, ''), f.agency, CASE WHEN d.is_ours AND f.kind = 'opinion' THEN 0 END, 0),
    ('doing by agency', f.kind, f.agency, CASE WHEN f.kind NOT IN ('holding', 'opinion') THEN 0 END, 0),
    ('doing by agency', 'suspended days', f.agency, CASE WHEN f.kind = 'suspension' THEN 0 END, f.days),
    ('stop by ground', 'suspension', f.ground, CASE WHEN f.kind = 'suspension' AND f.ground IS NOT NULL THEN 0 END, 0),
    ('stop by ground', 'suspended days', f.ground, CASE WHEN f.kind = 'suspension' AND f.ground IS NOT NULL THEN 0 END, f.days)
  ) m (family, measure, key, value, amount)
  WHERE m.value IS NOT NULL AND m.amount IS NOT NULL
$$;--> statement-breakpoint
CREATE FUNCTION tally_step_marks(f step_fact) RETURNS TABLE (family text, measure text, key text, day date, value numeric, amount numeric)
LANGUAGE sql STABLE AS $$
  SELECT 'step', m.measure, json_build_array(f.procedure, f.step, f.agency)::text, m.day, m.value::numeric, m.amount::numeric
  FROM (VALUES ('waiting', f.ended_on, f.waiting_days, 0), ('working', f.ended_on, f.working_days, 0), ('alone', f.ended_on, 0, f.alone_days),
    ('came', f.opened_on, 0, 0)) m (measure, day, value, amount)
$$;--> statement-breakpoint
CREATE FUNCTION tally_clause_marks(f clause_fact) RETURNS TABLE (family text, measure text, key text, day date, value numeric, amount numeric)
LANGUAGE sql STABLE AS $$
  SELECT 'clause', 'days', json_build_array(f.clause, f.ground)::text, f."on", 0::numeric, f.days::numeric
$$;--> statement-breakpoint
CREATE FUNCTION tally_survey_marks(f survey_fact) RETURNS TABLE (family text, measure text, key text, day date, value numeric, amount numeric)
LANGUAGE sql STABLE AS $$
  SELECT 'survey', m.measure, '', f.asked_on, m.value::numeric, 0::numeric FROM (VALUES ('asked', 0), ('score', f.score)) m (measure, value) WHERE m.value IS NOT NULL
$$;--> statement-breakpoint
CREATE FUNCTION tally_work_marks(f work_fact) RETURNS TABLE (family text, measure text, key text, day date, value numeric, amount numeric)
LANGUAGE sql STABLE AS $$
  SELECT m.family, m.measure, m.key, m.day, 0::numeric, 0::numeric
  FROM (SELECT CASE WHEN f.case_kind = 'green-lane' THEN 'work by agency' ELSE 'work of trials by agency' END AS work,
      CASE WHEN f.case_kind = 'green-lane' AND f.kind <> 'apology' THEN json_build_array(f.procedure, f.step, f.agency)::text END AS place) d
  CROSS JOIN LATERAL (VALUES
    (d.work, 'open', f.agency, f.opened_on),
    (d.work, 'due', f.agency, f.due_date),
    ('queue', 'queue', CASE WHEN f.procedure IS NOT NULL THEN d.place END, f.opened_on),
    ('queue', 'unclaimed', CASE WHEN f.procedure IS NOT NULL AND NOT f.claimed THEN d.place END, f.opened_on)
  ) m (family, measure, key, day)
  WHERE m.key IS NOT NULL AND m.day IS NOT NULL
$$;--> statement-breakpoint
-- Adds marks to the tallies of their day, month and year; those of which nothing is left go. In the order of the key, so that two writers wait instead of
-- standing in each other's way.
CREATE FUNCTION tally_take(marks tally_mark[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF marks IS NULL THEN RETURN; END IF;
  INSERT INTO tally_cell (family, measure, key, lane, pathway, zone)
  SELECT DISTINCT m.family, m.measure, m.key, m.lane, m.pathway, m.zone FROM unnest(marks) m
  WHERE NOT EXISTS (SELECT 1 FROM tally_cell c WHERE c.family = m.family AND c.measure = m.measure AND c.key = m.key AND c.lane = m.lane
    AND c.pathway = m.pathway AND c.zone IS NOT DISTINCT FROM m.zone)
  ORDER BY 1, 2, 3, 4, 5, 6 ON CONFLICT DO NOTHING;
  INSERT INTO tally AS t (family, span, first, cell, value, n, amount)
  SELECT m.family, s.span, date_trunc(s.span, m.day::timestamp)::date, c.id, m.value, sum(m.n), trim_scale(sum(m.amount))
  FROM unnest(marks) m JOIN tally_cell c ON c.family = m.family AND c.measure = m.measure AND c.key = m.key AND c.lane = m.lane
    AND c.pathway = m.pathway AND c.zone IS NOT DISTINCT FROM m.zone
  CROSS JOIN (VALUES ('day'), ('month'), ('year')) s (span)
  GROUP BY 1, 2, 3, 4, 5 HAVING sum(m.n) <> 0 OR sum(m.amount) <> 0 ORDER BY 1, 2, 3, 4, 5
  ON CONFLICT (family, span, first, cell, value) DO UPDATE SET n = t.n + excluded.n, amount = trim_scale(t.amount + excluded.amount);
  DELETE FROM tally WHERE n = 0;
END $$;--> statement-breakpoint
REVOKE ALL ON FUNCTION tally_take(tally_mark[]) FROM PUBLIC;--> statement-breakpoint
DO $do$
DECLARE
  subject text;
  source text;
  added text := 'SELECT m.*, r.lane, r.pathway, r.zone, 1 AS w FROM added r CROSS JOIN LATERAL tally_%1$s_marks(ROW(r.*)::%1$s_fact) m';
  taken text := 'SELECT m.*, r.lane, r.pathway, r.zone, -1 AS w FROM taken r CROSS JOIN LATERAL tally_%1$s_marks(ROW(r.*)::%1$s_fact) m';
  operation text;
BEGIN
  FOREACH subject IN ARRAY ARRAY['case', 'procedure', 'agency', 'step', 'clause', 'survey', 'work'] LOOP
    FOREACH operation IN ARRAY ARRAY['insert', 'update', 'delete'] LOOP
      source := format(CASE operation WHEN 'insert' THEN added WHEN 'delete' THEN taken ELSE added || ' UNION ALL ' || taken END, subject);
      EXECUTE format($f$
        CREATE FUNCTION tally_%1$s_%2$s() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $body$
        BEGIN
          IF NOT EXISTS (SELECT 1 FROM %3$s) THEN RETURN NULL; END IF;
          PERFORM tally_take((SELECT array_agg(ROW(x.family, x.measure, x.key, x.lane, x.pathway, x.zone, x.day, x.value, x.n, x.amount)::tally_mark) FROM (
            SELECT family, measure, key, lane, pathway, zone, day, value, sum(w)::bigint AS n, sum(amount * w) AS amount FROM (%4$s) m
            GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 HAVING sum(w) <> 0 OR sum(amount * w) <> 0) x));
          RETURN NULL;
        END $body$
      $f$, subject, operation, CASE operation WHEN 'delete' THEN 'taken' ELSE 'added' END, source);
      EXECUTE format('CREATE TRIGGER %1$s_fact_tallied_%2$s AFTER %2$s ON %1$s_fact %3$s FOR EACH STATEMENT EXECUTE FUNCTION tally_%1$s_%2$s()',
        subject, operation, CASE operation WHEN 'insert' THEN 'REFERENCING NEW TABLE AS added' WHEN 'delete' THEN 'REFERENCING OLD TABLE AS taken'
          ELSE 'REFERENCING NEW TABLE AS added OLD TABLE AS taken' END);
    END LOOP;
  END LOOP;
END $do$;--> statement-breakpoint
-- Every mark of every fact that is there, and what the tallies have to be by them; for a rebuild and for whoever compares.
DO $do$
BEGIN
  EXECUTE (SELECT 'CREATE VIEW tally_marks AS ' || string_agg(format(
      'SELECT r.case_code, m.*, r.lane, r.pathway, r.zone FROM public.%1$s_fact r CROSS JOIN LATERAL public.tally_%1$s_marks(r) m', subject), ' UNION ALL ')
    FROM unnest(ARRAY['case', 'procedure', 'agency', 'step', 'clause', 'survey', 'work']) subject);
END $do$;--> statement-breakpoint
CREATE VIEW tally_scan AS
SELECT family, measure, key, lane, pathway, zone, span, date_trunc(span, day::timestamp)::date AS first, value, sum(n)::bigint AS n, trim_scale(sum(amount)) AS amount
FROM (SELECT family, measure, key, lane, pathway, zone, day, value, count(*) AS n, sum(amount) AS amount FROM tally_marks GROUP BY 1, 2, 3, 4, 5, 6, 7, 8) d
CROSS JOIN (VALUES ('day'), ('month'), ('year')) s (span) GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9;--> statement-breakpoint
CREATE FUNCTION tally_rebuild() RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  TRUNCATE tally, tally_cell;
  CREATE TEMP TABLE tally_made ON COMMIT DROP AS SELECT * FROM tally_scan;
  INSERT INTO tally_cell (family, measure, key, lane, pathway, zone) SELECT DISTINCT family, measure, key, lane, pathway, zone FROM tally_made;
  ANALYZE tally_cell;
  INSERT INTO tally (family, span, first, cell, value, n, amount)
  SELECT m.family, m.span, m.first, c.id, m.value, m.n, m.amount FROM tally_made m JOIN tally_cell c ON c.family = m.family AND c.measure = m.measure
    AND c.key = m.key AND c.lane = m.lane AND c.pathway = m.pathway AND c.zone IS NOT DISTINCT FROM m.zone
  ORDER BY 1, 2, 3, 4, 5;
  DROP TABLE tally_made;
  ANALYZE tally;
END $$;--> statement-breakpoint
REVOKE ALL ON FUNCTION tally_rebuild() FROM PUBLIC;--> statement-breakpoint
DO $do$
DECLARE
  subject text;
BEGIN
  CREATE FUNCTION tally_emptied() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $body$
  BEGIN
    PERFORM tally_rebuild();
    RETURN NULL;
  END $body$;
  FOREACH subject IN ARRAY ARRAY['case', 'procedure', 'agency', 'step', 'clause', 'survey', 'work'] LOOP
    EXECUTE format('CREATE TRIGGER %1$s_fact_tallied_truncate AFTER TRUNCATE ON %1$s_fact FOR EACH STATEMENT EXECUTE FUNCTION tally_emptied()', subject);
  END LOOP;
END $do$;--> statement-breakpoint
GRANT SELECT ON tally_marks, tally_scan TO app;--> statement-breakpoint
SELECT tally_rebuild();
