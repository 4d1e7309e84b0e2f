import autocannon from 'autocannon';
import { answerStatement } from '../src/features/answers/answers.repository.js';
import { startBare } from './bare.js';
import { interleaved, type BenchPart, type Measurement } from './harness.js';
import { makeAnswerScene, type AnswerScene } from './scene.js';
import { startOwnServer, temporaryFolder } from './server.js';

const rounds = 5;
const connections = 20;
const poolSize = 12;
const phone =
  'Mozilla/5.0 (Linux; Android 11; RMX3231) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Mobile';

interface Page {
  url: string;
  paths: string[];
}

/** @param perSecond leaves it unlimited where absent */
async function load({ url, paths }: Page, seconds: number, perSecond?: number): Promise<autocannon.Result> {
  const requests = paths.map((path) => ({ method: 'GET' as const, path, headers: { 'user-agent': phone } }));
  const limit = perSecond === undefined ? {} : { overallRate: Math.round(perSecond) };
  const result = await autocannon({ url, requests, connections, duration: seconds, ...limit });
  if (result.non2xx + result.errors > 0)
    throw new Error(`${url}: ${result.non2xx} answers were not 2xx, ${result.errors} failed`);
  return result;
}

const requestsPerSecond = async (page: Page, seconds: number) => (await load(page, seconds)).requests.average;

/** Everything that the page brings, uncompressed: its HTML, style sheets and pictures. */
async function weigh(url: string, path: string): Promise<{ html: number; all: number }> {
  const bytesOf = async (address: string) => {
    const response = await fetch(new URL(address, url));
    if (!response.ok) throw new Error(`${address} answered with ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  };
  const html = await bytesOf(path);
  const files = [
    ...html.toString().matchAll(/<link [^>]*href="([^"]+)"|<(?:img|script)[^>]* src="([^"]+)"/g),
  ];
  const weights = await Promise.all(
    files.map(async ([, href, src]) => (await bytesOf(href ?? src ?? '')).length),
  );
  return { html: html.length, all: weights.reduce((sum, bytes) => sum + bytes, html.length) };
}

const startBarePage = (scene: AnswerScene, pageBytes: number) =>
  startBare(
    'bench/bare-page.ts',
    {
      DATABASE_URL: scene.databaseUrl,
      DATABASE_POOL: String(poolSize),
      PAGE_BYTES: String(pageBytes),
      PAGE_STATEMENT: answerStatement,
    },
    `/filled/${scene.open[0]?.id}`,
  );

async function compare(folder: string): Promise<Measurement[]> {
  const scene = await makeAnswerScene(folder);
  const server = await startOwnServer(folder, {
    DATABASE_URL: scene.databaseUrl,
    DATABASE_POOL: String(poolSize),
    MASTER_KEY: scene.masterKey,
  });
  const weight = await weigh(server.url, scene.open[0]?.path ?? '');
  const bare = await startBarePage(scene, weight.html);
  try {
    const real = { url: server.url, paths: scene.open.map(({ path }) => path) };
    const yardstick = { url: bare.url, paths: scene.open.map(({ id }) => `/${id}`) };
    const sameRead = { url: bare.url, paths: scene.open.map(({ id }) => `/same-read/${id}`) };
    const pages = [real, yardstick, sameRead];
    for (const page of pages) await load(page, 1);
    const [ours = 0, theirs = 0, sameReads = 0] = await interleaved(
      rounds,
      pages.map((page) => () => requestsPerSecond(page, 2)),
    );
    const half = await load(real, 4, ours / 2);
    return [
      { name: 'answer_page_rps', value: ours, unit: '1/s' },
      { name: 'bare_page_rps', value: theirs, unit: '1/s' },
      { name: 'answer_page_ratio', value: ours / theirs, unit: '', goal: { atLeast: 0.5 } },
      // Harder on us: the bare handler sends our very statement, prepared, in one round trip.
      { name: 'answer_page_ratio_same_read', value: ours / sameReads, unit: '' },
      { name: 'answer_page_p99_ms', value: half.latency.p99, unit: 'ms' },
      { name: 'answer_page_kb', value: weight.all / 1000, unit: 'kB', goal: { atMost: 60 } },
    ];
  } finally {
    bare.stop();
    await server.stop();
    await scene.close();
  }
}

/** The answer page under a rush, beside the least that could send it. */
export const answerPage: BenchPart = {
  name: 'answer_page',
  async measure() {
    const folder = await temporaryFolder();
    try {
      return await compare(folder.path);
    } finally {
      await folder.remove();
    }
  },
};
