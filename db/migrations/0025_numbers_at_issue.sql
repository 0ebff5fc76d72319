-- Papers that nobody has looked at yet get their numbers, once, in the order in which they were issued; numbers given stay.
with issued as (
  select e.case_code, e.seq, e.occurred_at, e.canonical::json as event, h.state -> 'procedures' -> split_part(e.scope, '/consultation/', 1) as procedure,
    coalesce((select a.code from agency a where a.data::jsonb -> 'roles' ? 'receiving' order by a.code limit 1), 'hcmc-pasc') as receiving
  from case_event e join case_head h on h.code = e.case_code
  where e.type in ('dossierReceived', 'completionRequested', 'supplementRequested', 'receptionRefused', 'lapseDecided', 'extensionGranted', 'apologySent',
    'procedureClosed', 'councilClosed')
), paper as (
  select case_code, seq, occurred_at, extract(year from (occurred_at at time zone 'utc') + interval '7 hours')::int as year,
    case event ->> 'type'
      when 'dossierReceived' then '01'
      when 'completionRequested' then '02'
      when 'supplementRequested' then '02'
      when 'receptionRefused' then '03'
      when 'lapseDecided' then case event -> 'payload' ->> 'decision' when 'stop' then '05' when 'refuse' then '03' end
      when 'extensionGranted' then '04'
      when 'apologySent' then '04'
      when 'procedureClosed' then case when event -> 'payload' ->> 'outcome' = 'withdrawn' and procedure ->> 'receivedAt' is not null then '05' end
      when 'councilClosed' then 'council-minutes'
    end as form,
    case
      when event ->> 'type' in ('dossierReceived', 'completionRequested', 'receptionRefused') then receiving
      when event ->> 'type' in ('supplementRequested', 'councilClosed') then procedure ->> 'handlingAgency'
      else procedure ->> 'competentAgency'
    end as agency,
    case event ->> 'type'
      when 'apologySent' then (select max(d.seq) from case_event d where d.case_code = issued.case_code and d.type = 'apologyDrafted'
        and d.scope = event ->> 'scope' and d.canonical::json -> 'payload' ->> 'letterId' = event -> 'payload' ->> 'letterId')
      when 'councilClosed' then (select max(d.seq) from case_event d where d.case_code = issued.case_code and d.type = 'councilOpened'
        and d.scope = event ->> 'scope' and d.seq < issued.seq)
    end as drafted
  from issued
), missing as (
  select p.*, row_number() over (partition by p.agency, p.year, p.form order by p.occurred_at, p.case_code, p.seq)
    + coalesce((select c.last from form_counter c where (c.agency, c.year, c.form) = (p.agency, p.year, p.form)), 0) as number
  from paper p
  where p.form is not null and p.agency is not null and not exists (
    select from form_number n where n.case_code = p.case_code and n.paper in (p.form || '-' || p.seq, p.form || '-' || p.drafted)
  )
), counted as (
  insert into form_counter (agency, year, form, last) select agency, year, form, max(number) from missing group by agency, year, form
  on conflict (agency, year, form) do update set last = excluded.last
)
insert into form_number (case_code, paper, agency, year, form, number)
select case_code, form || '-' || seq, agency, year, form, number from missing;
