-- Who files, where the filing states no Vietnamese number: the country and the name without marks, signs and the form of the enterprise; null once it was erased.
CREATE FUNCTION investor_key(body json) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT country || '/' || nullif(regexp_replace(
      regexp_replace(words, '\y(cong ty|cty|trach nhiem huu han|tnhh|co phan|cp|mot thanh vien|mtv|company|co|coltd|limited|ltd|incorporated|inc|corporation|corp|joint stock|jsc|llc|plc|gmbh|ag|nv|bv|sa|sas|pte|pty|kk)\y', '', 'g'),
      '\s', '', 'g'), '')
  FROM (
    SELECT body -> 'investor' ->> 'country' AS country,
      regexp_replace(regexp_replace(
        translate(lower(normalize(body -> 'investor' ->> 'name', NFKD)), 'Đđ', 'dd'),
        '[' || U&'\0300' || '-' || U&'\036F' || '.''’]', '', 'g'),
        '[,;:"“”‘«»()&/\\+_–—\[\]-]', ' ', 'g') AS words
  ) filed
$$;--> statement-breakpoint
ALTER TABLE "case_fact" ADD COLUMN "ended_whole_days" numeric(9, 4);--> statement-breakpoint
ALTER TABLE "case_fact" ADD COLUMN "ended_city_days" numeric(9, 4);--> statement-breakpoint
CREATE INDEX "filing_investor" ON "filing" USING btree (investor_key("body"));--> statement-breakpoint
CREATE OR REPLACE FUNCTION tally_case_marks(f case_fact) RETURNS TABLE (family text, measure text, key text, day date, value numeric, amount numeric)
LANGUAGE sql STABLE AS $$
  SELECT m.family || c.cut, m.measure, CASE WHEN c.cut = '' THEN m.key ELSE c.key END, m.day, m.value::numeric, m.amount::numeric
  FROM (SELECT CASE WHEN f.reduction IS NOT NULL THEN f.ended_on END AS counted,
      CASE WHEN f.reduction IS NOT NULL AND f.baseline = 'observed' THEN f.ended_on END AS observed,
      CASE WHEN f.exclusions = '{standard-lane}' AND f.whole_reduction IS NOT NULL AND f.city_reduction IS NOT NULL THEN f.ended_on END AS control,
      CASE WHEN cardinality(f.exclusions) > 0 AND NOT 'standard-lane' = ANY (f.exclusions) THEN f.ended_on END AS lost,
      CASE WHEN NOT f.adjustment THEN f.licensed_on END AS licensed,
      CASE WHEN NOT f.adjustment AND f.milestone = 'approvals' AND NOT 'deferred' = ANY (f.exclusions) THEN f.reached_on END AS built,
      CASE WHEN f.foreign_share > 0 THEN f.fdi_registered_on END AS foreign_on,
      CASE WHEN cardinality(f.unverified) = 0 THEN 'verified' ELSE 'unverified' END AS rests,
      coalesce(f.city_baseline_days, f.baseline_days) AS city_baseline) d
  -- What is left out saved nothing, and lost what it lost: measured until it ended, and set against the baseline where there is one.
  CROSS JOIN LATERAL (SELECT CASE WHEN f.baseline_days > 0 THEN greatest(f.ended_whole_days, f.baseline_days) ELSE f.baseline_days END AS whole_days,
      CASE WHEN d.city_baseline > 0 THEN greatest(f.ended_city_days, d.city_baseline) ELSE d.city_baseline END AS city_days) l
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
    ('ended', 'lost reduction', '', CASE WHEN f.reduction IS NULL THEN d.lost END,
      round(coalesce(least(1 - l.whole_days / nullif(f.baseline_days, 0), 1 - l.city_days / nullif(d.city_baseline, 0)), 0), 4), 0, false),
    ('ended', 'lost whole days', '', d.lost, 0, l.whole_days, false),
    ('ended', 'lost baseline days', '', d.lost, 0, f.baseline_days, false),
    ('ended', 'lost city days', '', d.lost, 0, l.city_days, false),
    ('ended', 'lost city baseline days', '', d.lost, 0, d.city_baseline, false),
    ('ended', 'against peers', '', CASE WHEN f.peers > 0 THEN d.counted END, round(1 - f.whole_days / nullif(f.peers_whole_days, 0), 4), 0, false),
    ('ended', 'broken', '', CASE WHEN f.broken_terms > 0 THEN coalesce(d.counted, d.lost) END, 0, 0, false),
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
SELECT tally_rebuild();--> statement-breakpoint
-- Figures of before are made anew: the lane at the first broken term, filings anew by whoever states no number, the days of cases that ended.
DELETE FROM feed_cursor WHERE reader = 'projector';
