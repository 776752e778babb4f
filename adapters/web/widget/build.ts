// Bundles the browser code at start, in memory: no build step, nothing written to disk.
// Which address serves what is left to pages/index.ts.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build, transform } from 'esbuild';
import type { BuildOptions } from 'esbuild';
import type { Labels } from './labels.ts';

/** A file ready to be served: its address carries its hash where it never changes. */
export interface Asset {
  path: string;
  type: string;
  body: Buffer;
  br: Buffer;
  gzip: Buffer;
  /** Quoted, for `etag`. */
  etag: string;
}

/** For `integrity`, as browsers check it. */
export interface Pinned extends Asset {
  integrity: string;
}

export interface Widget {
  loader: Asset;
  /** The same loader at an address that never changes its content, for pages that pin it by `integrity`. */
  pinned: Pinned;
  chatScript: Asset;
  chatStyle: Asset;
  siteStyle: Asset;
  /** The chat's words by language, for who changes it in the page. */
  labels: Record<string, Asset>;
}

/** What the loader needs before any request: its few words by language, and the comuni it may name. */
export interface LoaderData {
  words: Record<string, Record<string, string>>;
  comuni: string[];
}

/** And the words of the chat, which stay out of the bundle. */
export interface WidgetData extends LoaderData {
  labels: Record<string, Labels>;
}

const SCRIPT = 'text/javascript; charset=utf-8';
const STYLE = 'text/css; charset=utf-8';
/** In this order: what comes later wins. */
const CHAT_SHEETS = ['page', 'header', 'talk', 'card', 'write', 'conditions'];
const SCRIPT_TARGET = 'es2019';
const STYLE_TARGET = ['chrome80', 'firefox78', 'safari14'];

/** Throws where the browser code does not compile. */
export async function buildWidget({ labels, ...data }: WidgetData): Promise<Widget> {
  const css = (await minify('styles/launcher.css')).toString('utf8').trim();
  const [loader, chat, chatCss, siteCss] = await Promise.all([
    bundle('loader.ts', { BUSSOLA: JSON.stringify({ ...data, css }) }),
    bundle('chat.ts', {}),
    minify('../pages/base.css', ...CHAT_SHEETS.map((name) => `styles/${name}.css`)),
    minify('../pages/base.css', '../pages/site.css'),
  ]);
  return {
    loader: await pack('/widget.js', SCRIPT, loader),
    pinned: {
      ...(await pack('/widget.[hash].js', SCRIPT, loader)),
      integrity: `sha384-${createHash('sha384').update(loader).digest('base64')}`,
    },
    chatScript: await pack('/assets/chat.[hash].js', SCRIPT, chat),
    chatStyle: await pack('/assets/chat.[hash].css', STYLE, chatCss),
    siteStyle: await pack('/assets/site.[hash].css', STYLE, siteCss),
    labels: Object.fromEntries(await Promise.all(Object.entries(labels).map(packLabels))),
  };
}

async function packLabels([language, words]: [string, Labels]): Promise<[string, Asset]> {
  const path = `/assets/words.${language}.[hash].json`;
  return [language, await pack(path, 'application/json; charset=utf-8', Buffer.from(JSON.stringify(words)))];
}

async function bundle(entry: string, define: Record<string, string>): Promise<Buffer> {
  const options: BuildOptions = {
    bundle: true,
    minify: true,
    format: 'iife',
    target: SCRIPT_TARGET,
    charset: 'utf8',
    define,
  };
  const built = await build({
    ...options,
    entryPoints: [fileOf(entry)],
    write: false,
    logLevel: 'silent',
    legalComments: 'none',
  });
  return Buffer.from(built.outputFiles?.[0]?.contents ?? []);
}

async function minify(...files: string[]): Promise<Buffer> {
  const sheet = files.map((file) => readFileSync(fileOf(file), 'utf8')).join('');
  const { code } = await transform(sheet, {
    loader: 'css',
    minify: true,
    charset: 'utf8',
    target: STYLE_TARGET,
  });
  return Buffer.from(code);
}

const fileOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const toGzip = promisify(gzip);
const toBrotli = promisify(brotliCompress);

async function pack(path: string, type: string, body: Buffer): Promise<Asset> {
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 12);
  return {
    path: path.replace('[hash]', hash),
    type,
    body,
    br: await toBrotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }),
    gzip: await toGzip(body, { level: 9 }),
    etag: `"${hash}"`,
  };
}
