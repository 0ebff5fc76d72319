import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { createMetrics, watchCalendars } from '../../api/routes/operations.js';
import { fixedLaw } from '../../db/law/live-law.js';
import { createPool } from '../../db/pool.js';
import { watchDisk } from '../../ops/metrics.js';
import { createOperations } from '../../worker/operations.js';
import { catalogue } from '../../seeds/index.js';
import { seededLaw } from '../support/memory-register.js';
import { evaluate } from '../support/promql.js';

const root = join(import.meta.dirname, '../..');
const text = (path: string) => readFileSync(join(root, path), 'utf8');
interface Rule {
  alert: string;
  expr: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
}
const alerts = (parse(text('deploy/prometheus/alerts.yml')) as { groups: { rules: Rule[] }[] }).groups.flatMap(
  ({ rules }) => rules,
);
/** Where each job of a configuration looks: the name it asks for, and the port. */
const jobsOf = (file: string) =>
  (
    parse(text(file)) as {
      scrape_configs: { job_name: string; dns_sd_configs: { names: string[]; port: number }[] }[];
    }
  ).scrape_configs.map(({ job_name: job, dns_sd_configs: [at] }) => ({
    job,
    name: at?.names[0] ?? '',
    port: at?.port,
  }));

const dashboard = JSON.parse(text('deploy/grafana/luong-xanh.json')) as {
  panels: { title: string; targets: { expr: string }[] }[];
};

/** Metrics with their labels, as an expression names them. */
function named(expr: string): { metric: string; labels: string[] }[] {
  const bare = expr.replace(/"[^"]*"/g, '""').replace(/\b(by|without)\s*\([^)]*\)/g, '');
  return [...bare.matchAll(/\b([a-z][a-z0-9_]*)\b(\{([^}]*)\})?(?!\s*\()/g)].flatMap(
    ([, metric = '', , inside = '']) =>
      words.has(metric) || !/^[a-z]+(_[a-z0-9]+)*$/.test(metric)
        ? []
        : [{ metric, labels: [...inside.matchAll(/(\w+)\s*[=!]/g)].map(([, label = '']) => label) }],
  );
}
const words = new Set(['and', 'or', 'unless', 'm', 'h', 's', 'e9', 'job', 'state', 'status', 'method', 'outcome']);
/** What Prometheus itself adds. */
const ofPrometheus = new Set(['up']);
const labelsOfPrometheus = new Set(['job', 'instance', 'le']);

const shown = new Map<string, Set<string>>();
let close: () => Promise<void>;
beforeAll(async () => {
  // Nobody is there: what a page would show is declared all the same.
  const pool = createPool('postgresql://app:app@127.0.0.1:1/none', { max: 1 });
  const connection = Connection.lazy({ address: '127.0.0.1:1' });
  const operations = createOperations({
    pool,
    client: new Client({ connection }),
    working: () => true,
    leads: () => true,
    restarts: 0,
    places: { data: root },
  });
  const api = createMetrics(pool);
  watchCalendars(api.registry, pool, fixedLaw(seededLaw, catalogue()));
  watchDisk(api.registry, { documents: root });
  for (const page of [await operations.registry.metrics(), await api.registry.metrics()]) {
    for (const [, name = '', type = ''] of page.matchAll(/^# TYPE (\S+) (\S+)$/gm)) {
      const parts = type === 'histogram' ? ['_bucket', '_count', '_sum'] : [''];
      for (const part of parts) shown.set(`${name}${part}`, new Set());
    }
  }
  close = async () => {
    await connection.close();
    await pool.end();
  };
});
afterAll(() => close());

interface Manifest {
  kind: string;
  metadata: { name: string };
  spec?: { clusterIP?: string; selector?: Record<string, string>; ports?: { port: number }[] };
}

describe('where Prometheus finds the processes', () => {
  const asked = [
    ...new Set(alerts.flatMap(({ expr }) => [...expr.matchAll(/job="([a-z-]+)"/g)].map(([, job]) => job))),
  ];

  it('of docker-compose.yml: each job that an alert goes by asks a service at its private page', () => {
    const { services } = parse(text('docker-compose.yml'), { merge: true }) as {
      services: Record<string, { environment?: Record<string, string> }>;
    };
    const jobs = jobsOf('deploy/prometheus/prometheus.yml');
    expect(jobs.map(({ job }) => job).sort()).toEqual([...asked].sort());
    for (const { name, port } of jobs) expect(services[name]?.environment?.['OPERATIONS_PORT']).toBe(String(port));
  });

  it('of Kubernetes: likewise, at a service that names every pod', () => {
    const manifests = ['operations', 'api', 'worker'].flatMap((file) =>
      parseAllDocuments(text(`deploy/kubernetes/${file}.yaml`)).map((one) => one.toJS() as Manifest),
    );
    const { namespace } = parse(text('deploy/kubernetes/kustomization.yaml')) as { namespace: string };
    const jobs = jobsOf('deploy/prometheus/kubernetes.yml');
    expect(jobs.map(({ job }) => job).sort()).toEqual([...asked].sort());
    for (const { job, name, port } of jobs) {
      const [service] = name.split('.');
      expect(name).toBe(`${service}.${namespace}.svc.cluster.local`);
      const { spec } = manifests.find(({ kind, metadata }) => kind === 'Service' && metadata.name === service) ?? {};
      const pod = job.replace('luong-xanh-', '');
      expect(spec).toMatchObject({ clusterIP: 'None', selector: { 'app.kubernetes.io/name': pod }, ports: [{ port }] });
    }
  });
});

describe('alerts and dashboard', () => {
  it.each(alerts.map(({ alert, expr }) => [alert, expr] as const))('%s asks metrics that there are', (_alert, expr) => {
    const metrics = named(expr).map(({ metric }) => metric);
    expect(metrics.length).toBeGreaterThan(0);
    expect(metrics.filter((metric) => !shown.has(metric) && !ofPrometheus.has(metric))).toEqual([]);
  });

  it('every panel shows metrics that there are', () => {
    const wrong = dashboard.panels.flatMap(({ title, targets }) =>
      targets.flatMap(({ expr }) => {
        const metrics = named(expr).map(({ metric }) => metric);
        if (metrics.length === 0) return [`${title}: ${expr}`];
        return metrics.filter((metric) => !shown.has(metric) && !ofPrometheus.has(metric));
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('every metric of ours is on the dashboard or in an alert', () => {
    const everywhere = [
      ...alerts.map(({ expr }) => expr),
      ...dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
    ].join(' ');
    const ours = [...shown.keys()].filter((name) => !/^(process_|nodejs_)/.test(name) && !/_(bucket|sum)$/.test(name));
    expect(ours.filter((name) => !new RegExp(`\\b${name}\\b`).test(everywhere))).toEqual([]);
  });

  it('every alert says how urgent it is, and what is wrong in both languages', () => {
    for (const { alert, labels, annotations } of alerts) {
      expect(labels['severity'], alert).toMatch(/^(page|ticket)$/);
      expect(annotations['summary_vi'], alert).toBeTruthy();
      expect(annotations['summary_en'], alert).toBeTruthy();
      expect(annotations['summary_vi']).not.toBe(annotations['summary_en']);
    }
    expect(new Set(alerts.map(({ alert }) => alert)).size).toBe(alerts.length);
  });

  it('docs/operations.md names every metric that an operator reads', () => {
    const docs = text('docs/operations.md');
    const ours = [...shown.keys()].filter(
      (name) => !/^(process_|nodejs_)/.test(name) && !/_(bucket|sum|count)$/.test(name),
    );
    expect(ours.filter((name) => !docs.includes(name))).toEqual([]);
  });

  it('labels that are matched are labels that are told', () => {
    const told = new Set([
      'method',
      'route',
      'status',
      'state',
      'channel',
      'reader',
      'loop',
      'calendar',
      'place',
      'system',
      'outcome',
    ]);
    const asked = [
      ...alerts.map(({ expr }) => expr),
      ...dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
    ]
      .flatMap(named)
      .flatMap(({ labels }) => labels);
    expect(asked.filter((label) => !told.has(label) && !labelsOfPrometheus.has(label))).toEqual([]);
  });
});

it('calls somebody where no worker leads, also where none is there to say so', () => {
  const { expr = '' } = alerts.find(({ alert }) => alert === 'NoLeader') ?? {};
  const leads = (...values: number[]) =>
    evaluate(expr, [
      {
        at: 0,
        samples: values.map((value, i) => ({
          name: 'worker_leads',
          labels: { job: 'luong-xanh-worker', instance: `worker-${i}` },
          value,
        })),
      },
    ]);
  expect([leads(1), leads(0, 1)]).toEqual([[], []]);
  expect([leads(), leads(0), leads(0, 0)].map((found) => (Array.isArray(found) ? found.length : found))).toEqual([
    1, 1, 1,
  ]);
});
