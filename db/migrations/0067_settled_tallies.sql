-- Days are tallied at once, months and years once a day is settled (ADR 51); the measures of a cell lie in one row.
DROP VIEW tally_scan;--> statement-breakpoint
TRUNCATE tally, tally_cell;--> statement-breakpoint
CREATE TABLE "tally_settled" (
	"only" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"until" date NOT NULL,
	CONSTRAINT "tally_settled_once" CHECK ("tally_settled"."only")
);
--> statement-breakpoint
ALTER TABLE "tally_cell" DROP CONSTRAINT "tally_cell_once";--> statement-breakpoint
DROP INDEX "tally_nothing_left";--> statement-breakpoint
ALTER TABLE "tally" DROP CONSTRAINT "tally_family_span_first_cell_value_pk";--> statement-breakpoint
ALTER TABLE "tally" ADD CONSTRAINT "tally_family_span_first_cell_pk" PRIMARY KEY("family","span","first","cell");--> statement-breakpoint
ALTER TABLE "tally" ADD COLUMN "measures" text[] NOT NULL;--> statement-breakpoint
ALTER TABLE "tally" ADD COLUMN "vals" numeric[] NOT NULL;--> statement-breakpoint
ALTER TABLE "tally" ADD COLUMN "ns" bigint[] NOT NULL;--> statement-breakpoint
ALTER TABLE "tally" ADD COLUMN "amounts" numeric[] NOT NULL;--> statement-breakpoint
ALTER TABLE "tally" DROP COLUMN "value";--> statement-breakpoint
ALTER TABLE "tally" DROP COLUMN "n";--> statement-breakpoint
ALTER TABLE "tally" DROP COLUMN "amount";--> statement-breakpoint
ALTER TABLE "tally_cell" DROP COLUMN "measure";--> statement-breakpoint
ALTER TABLE "tally_cell" ADD CONSTRAINT "tally_cell_once" UNIQUE NULLS NOT DISTINCT("family","key","lane","pathway","zone");--> statement-breakpoint
ALTER TABLE "tally" SET (fillfactor = 70);--> statement-breakpoint
INSERT INTO tally_settled (until) VALUES ('1900-01-01');--> statement-breakpoint
GRANT SELECT ON tally_settled TO app;--> statement-breakpoint
CREATE TYPE tally_sum AS (family text, span text, first date, cell integer, measure text, value numeric, n bigint, amount numeric);--> statement-breakpoint
-- Each tally as it is read: one row for each measure and value.
CREATE VIEW tally_kept AS
SELECT t.family, x.measure, c.key, c.lane, c.pathway, c.zone, t.span, t.first, x.value, x.n, x.amount
FROM tally t JOIN tally_cell c ON c.id = t.cell CROSS JOIN LATERAL unnest(t.measures, t.vals, t.ns, t.amounts) x (measure, value, n, amount);--> statement-breakpoint
GRANT SELECT ON tally_kept TO app;--> statement-breakpoint
-- Adds to tallies; what has nothing left goes. In the order of the key, so that two writers wait instead of standing in each other's way.
CREATE FUNCTION tally_put(sums tally_sum[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  emptied tally_sum[];
BEGIN
  WITH put AS (
    INSERT INTO tally AS t (family, span, first, cell, measures, vals, ns, amounts)
    SELECT s.family, s.span, s.first, s.cell, array_agg(s.measure ORDER BY s.measure, s.value), array_agg(s.value ORDER BY s.measure, s.value),
      array_agg(s.n ORDER BY s.measure, s.value), array_agg(s.amount ORDER BY s.measure, s.value)
    FROM unnest(sums) s GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
    ON CONFLICT (family, span, first, cell) DO UPDATE SET (measures, vals, ns, amounts) = (
      SELECT coalesce(array_agg(x.measure ORDER BY x.measure, x.value), '{}'), coalesce(array_agg(x.value ORDER BY x.measure, x.value), '{}'),
        coalesce(array_agg(x.n ORDER BY x.measure, x.value), '{}'), coalesce(array_agg(x.amount ORDER BY x.measure, x.value), '{}')
      FROM (SELECT o.measure, o.value, sum(o.n)::bigint AS n, trim_scale(sum(o.amount)) AS amount
        FROM (SELECT * FROM unnest(t.measures, t.vals, t.ns, t.amounts)
          UNION ALL SELECT * FROM unnest(excluded.measures, excluded.vals, excluded.ns, excluded.amounts)) o (measure, value, n, amount)
        GROUP BY 1, 2 HAVING sum(o.n) <> 0) x)
    RETURNING t.family, t.span, t.first, t.cell, cardinality(t.measures) AS kept
  ) SELECT array_agg(ROW(p.family, p.span, p.first, p.cell, NULL, NULL, NULL, NULL)::tally_sum) INTO emptied FROM put p WHERE p.kept = 0;
  IF emptied IS NOT NULL THEN
    DELETE FROM tally t USING unnest(emptied) e WHERE (t.family, t.span, t.first, t.cell) = (e.family, e.span, e.first, e.cell);
  END IF;
END $$;--> statement-breakpoint
REVOKE ALL ON FUNCTION tally_put(tally_sum[]) FROM PUBLIC;--> statement-breakpoint
-- Adds marks to the tallies of their day, and of its month and year where that day is settled.
CREATE OR REPLACE FUNCTION tally_take(marks tally_mark[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  settled date;
BEGIN
  IF marks IS NULL THEN RETURN; END IF;
  PERFORM pg_advisory_xact_lock_shared(hashtext('tallies settled'));
  SELECT until INTO settled FROM tally_settled;
  INSERT INTO tally_cell (family, key, lane, pathway, zone)
  SELECT DISTINCT m.family, m.key, m.lane, m.pathway, m.zone FROM unnest(marks) m
  WHERE NOT EXISTS (SELECT 1 FROM tally_cell c WHERE c.family = m.family AND c.key = m.key AND c.lane = m.lane
    AND c.pathway = m.pathway AND c.zone IS NOT DISTINCT FROM m.zone)
  ORDER BY 1, 2, 3, 4, 5 ON CONFLICT DO NOTHING;
  PERFORM tally_put(array_agg(ROW(x.family, x.span, x.first, x.id, x.measure, x.value, x.n, x.amount)::tally_sum)) FROM (
    SELECT m.family, s.span, date_trunc(s.span, m.day::timestamp)::date AS first, c.id, m.measure, trim_scale(m.value) AS value,
      sum(m.n)::bigint AS n, trim_scale(sum(m.amount)) AS amount
    FROM unnest(marks) m JOIN tally_cell c ON c.family = m.family AND c.key = m.key AND c.lane = m.lane
      AND c.pathway = m.pathway AND c.zone IS NOT DISTINCT FROM m.zone
    JOIN (VALUES ('day'), ('month'), ('year')) s (span) ON s.span = 'day' OR m.day < settled
    GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(m.n) <> 0 OR sum(m.amount) <> 0) x HAVING count(*) > 0;
END $$;--> statement-breakpoint
-- What the tallies have to be by the facts, and by which days are settled.
CREATE VIEW tally_scan AS
SELECT family, measure, key, lane, pathway, zone, s.span, date_trunc(s.span, day::timestamp)::date AS first, trim_scale(value) AS value,
  sum(n)::bigint AS n, trim_scale(sum(amount)) AS amount
FROM (SELECT family, measure, key, lane, pathway, zone, day, value, count(*) AS n, sum(amount) AS amount FROM tally_marks GROUP BY 1, 2, 3, 4, 5, 6, 7, 8) d
CROSS JOIN tally_settled u JOIN (VALUES ('day'), ('month'), ('year')) s (span) ON s.span = 'day' OR d.day < u.until
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9;--> statement-breakpoint
GRANT SELECT ON tally_scan TO app;--> statement-breakpoint
-- Days before this one are settled: what is tallied of them is added to their months and years, once. A month of days at a time, each in a transaction of its
-- own, however long nothing was settled: whoever tallies meanwhile waits for one of them. Answers whether there is more.
CREATE FUNCTION tally_settle(before date) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  settled date;
  upto date;
BEGIN
  SELECT until INTO settled FROM tally_settled;
  IF before <= settled THEN RETURN false; END IF;
  PERFORM pg_advisory_xact_lock(hashtext('tallies settled'));
  SELECT until INTO settled FROM tally_settled;
  IF before <= settled THEN RETURN false; END IF;
  SELECT least(before, coalesce(min(d.first), before) + 31) INTO upto
  FROM (SELECT DISTINCT family FROM tally_cell) f CROSS JOIN LATERAL (
    SELECT t.first FROM tally t WHERE t.family = f.family AND t.span = 'day' AND t.first >= settled ORDER BY t.first LIMIT 1) d;
  PERFORM tally_put(array_agg(ROW(x.family, x.span, x.first, x.cell, x.measure, x.value, x.n, x.amount)::tally_sum)) FROM (
    SELECT t.family, s.span, date_trunc(s.span, t.first::timestamp)::date AS first, t.cell, o.measure, o.value, sum(o.n)::bigint AS n,
      trim_scale(sum(o.amount)) AS amount
    FROM (SELECT DISTINCT family FROM tally_cell) f CROSS JOIN LATERAL (
      SELECT * FROM tally d WHERE d.family = f.family AND d.span = 'day' AND d.first >= settled AND d.first < upto) t
    CROSS JOIN LATERAL unnest(t.measures, t.vals, t.ns, t.amounts) o (measure, value, n, amount)
    CROSS JOIN (VALUES ('month'), ('year')) s (span) GROUP BY 1, 2, 3, 4, 5, 6) x HAVING count(*) > 0;
  UPDATE tally_settled SET until = upto;
  RETURN upto < before;
END $$;--> statement-breakpoint
REVOKE ALL ON FUNCTION tally_settle(date) FROM PUBLIC;--> statement-breakpoint
GRANT EXECUTE ON FUNCTION tally_settle(date) TO app;--> statement-breakpoint
CREATE OR REPLACE FUNCTION tally_rebuild() RETURNS void LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  TRUNCATE tally, tally_cell;
  CREATE TEMP TABLE tally_made ON COMMIT DROP AS SELECT * FROM tally_scan;
  INSERT INTO tally_cell (family, key, lane, pathway, zone) SELECT DISTINCT family, key, lane, pathway, zone FROM tally_made;
  ANALYZE tally_cell;
  INSERT INTO tally (family, span, first, cell, measures, vals, ns, amounts)
  SELECT m.family, m.span, m.first, c.id, array_agg(m.measure ORDER BY m.measure, m.value), array_agg(m.value ORDER BY m.measure, m.value),
    array_agg(m.n ORDER BY m.measure, m.value), array_agg(m.amount ORDER BY m.measure, m.value)
  FROM tally_made m JOIN tally_cell c ON c.family = m.family
    AND c.key = m.key AND c.lane = m.lane AND c.pathway = m.pathway AND c.zone IS NOT DISTINCT FROM m.zone
  GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4;
  DROP TABLE tally_made;
  ANALYZE tally;
END $$;--> statement-breakpoint
SELECT tally_rebuild();
