// Reads the environment once, at start, and lists every problem at once. Secrets have no default.
// What each setting means to the operator is left to .env.example, which a test keeps in step with this file.
import { COMUNI } from '../flows/types.ts';
import type { ComuneId } from '../flows/types.ts';
import { ConfigError } from './errors.ts';

export interface Config {
  port: number;
  /** Address the server listens on. */
  host: string;
  dataDir: string;
  /** Public address, without a slash at the end; links and the Telegram webhook are built on it. */
  publicUrl: string;
  databaseUrl: string | undefined;
  smtpUrl: string | undefined;
  mailFrom: { name: string; address: string };
  /** The mailbox of `mailFrom`, where mails that cannot be delivered come back; without it only the server's own refusals are seen. */
  bounceImapUrl: string | undefined;
  /** Who answers for the service in the whole zone: gets what a desk does not answer, and the figures. */
  coordinator: { name: string; address: string } | undefined;
  telegram:
    | {
        token: string;
        secret: string | undefined;
        apiRoot: string;
        mode: 'polling' | 'webhook';
        /** The bot's name on Telegram, for links to it; without it no page links it. */
        name?: string;
      }
    | undefined;
  botFramework: { appId: string; appPassword: string; appType: string; tenantId: string } | undefined;
  /** A stronger decoder at an OpenAI-compatible endpoint of the municipality's own; without it only the built-in one. */
  decoder: { url: string; model: string; key: string | undefined } | undefined;
  /** Signs Direct Line tokens; made and kept under the data folder when not given. */
  tokenSecret: string | undefined;
  /** The comuni whose pages this installation has; the talk knows all seven. */
  comuni: ComuneId[];
  /** Origins that may embed the widget; empty: all. */
  embedOrigins: string[];
  /** Phrases not understood are kept, redacted, for thirty days. */
  unclearQueue: boolean;
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

/** Every variable that is read, for `.env.example` and its test. */
export const VARIABLES = [
  'PORT',
  'HOST',
  'DATA_DIR',
  'PUBLIC_URL',
  'DATABASE_URL',
  'SMTP_URL',
  'MAIL_FROM',
  'MAIL_FROM_NAME',
  'BOUNCE_IMAP_URL',
  'COORDINATOR_EMAIL',
  'TELEGRAM_TOKEN',
  'TELEGRAM_SECRET',
  'TELEGRAM_API_ROOT',
  'TELEGRAM_MODE',
  'TELEGRAM_NAME',
  'MicrosoftAppId',
  'MicrosoftAppPassword',
  'MicrosoftAppType',
  'MicrosoftAppTenantId',
  'DECODER_URL',
  'DECODER_MODEL',
  'DECODER_KEY',
  'TOKEN_SECRET',
  'COMUNI',
  'EMBED_ORIGINS',
  'UNCLEAR_QUEUE',
  'LOG_LEVEL',
] as const;
export type Variable = (typeof VARIABLES)[number];
export type Environment = Partial<Record<string, string>>;

/** Throws ConfigError with every problem found. */
export function readConfig(env: Environment): Config {
  const problems: string[] = [];
  const get = (name: Variable): string | undefined => env[name]?.trim() || undefined;
  const port = readPort(get('PORT') ?? '3978', problems);
  const publicUrl =
    readUrl('PUBLIC_URL', get('PUBLIC_URL'), ['http:', 'https:'], problems) ?? `http://localhost:${port}`;
  const config: Config = {
    port,
    host: get('HOST') ?? '0.0.0.0',
    dataDir: get('DATA_DIR') ?? './data',
    publicUrl: publicUrl.replace(/\/+$/, ''),
    databaseUrl: readUrl('DATABASE_URL', get('DATABASE_URL'), ['postgres:', 'postgresql:'], problems),
    smtpUrl: readUrl('SMTP_URL', get('SMTP_URL'), ['smtp:', 'smtps:'], problems),
    mailFrom: {
      name: get('MAIL_FROM_NAME') ?? 'Bussola - segretariato sociale',
      address: get('MAIL_FROM') ?? 'bussola@localhost',
    },
    bounceImapUrl: readMailbox(get, problems),
    coordinator: readCoordinator(get, problems),
    telegram: readTelegram(get, problems),
    botFramework: readBotFramework(get, problems),
    decoder: readDecoder(get, problems),
    tokenSecret: get('TOKEN_SECRET'),
    comuni: readComuni(get('COMUNI'), problems),
    embedOrigins: readOrigins(get('EMBED_ORIGINS'), problems),
    unclearQueue: readOneOf('UNCLEAR_QUEUE', get('UNCLEAR_QUEUE'), ['on', 'off'], problems) === 'on',
    logLevel: readOneOf('LOG_LEVEL', get('LOG_LEVEL'), ['info', 'debug', 'warn', 'error', 'silent'], problems),
  };
  if (config.smtpUrl && !get('MAIL_FROM'))
    problems.push('MAIL_FROM is missing: SMTP_URL is set, so mails need a sender');
  if (get('MAIL_FROM') && !ADDRESS.test(config.mailFrom.address))
    problems.push('MAIL_FROM is not an address: write only name@domain');
  if (config.tokenSecret !== undefined && config.tokenSecret.length < 32)
    problems.push('TOKEN_SECRET is too short: use at least 32 characters');
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

const ADDRESS = /^[^\s@<>]+@[^\s@<>]+$/;

type Get = (name: Variable) => string | undefined;

function readPort(text: string, problems: string[]): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65535) return port;
  problems.push(`PORT is not a port number: ${text}`);
  return 3978;
}

function readUrl(
  name: Variable,
  text: string | undefined,
  protocols: string[],
  problems: string[],
): string | undefined {
  if (text === undefined) return undefined;
  if (URL.canParse(text) && protocols.includes(new URL(text).protocol)) return text;
  // The value itself may hold a password: it is not repeated.
  problems.push(`${name} is not an address beginning with ${protocols.map((p) => `${p}//`).join(' or ')}`);
  return undefined;
}

function readOneOf<T extends string>(
  name: Variable,
  text: string | undefined,
  allowed: [T, ...T[]],
  problems: string[],
): T {
  const found = text === undefined ? allowed[0] : allowed.find((value) => value === text);
  if (found !== undefined) return found;
  problems.push(`${name} must be one of: ${allowed.join(', ')}`);
  return allowed[0];
}

function readMailbox(get: Get, problems: string[]): string | undefined {
  const url = readUrl('BOUNCE_IMAP_URL', get('BOUNCE_IMAP_URL'), ['imap:', 'imaps:'], problems);
  if (url === undefined) return undefined;
  const { hostname, username, password } = new URL(url);
  if (!hostname || !username || !password)
    problems.push('BOUNCE_IMAP_URL must hold user, password and host: imaps://user:password@host/INBOX');
  if (!get('SMTP_URL')) problems.push('SMTP_URL is missing: BOUNCE_IMAP_URL is set, and no mail can come back');
  return url;
}

function readCoordinator(get: Get, problems: string[]): Config['coordinator'] {
  const address = get('COORDINATOR_EMAIL');
  if (address === undefined) return undefined;
  if (!ADDRESS.test(address)) problems.push('COORDINATOR_EMAIL is not an address: write only name@domain');
  return { name: 'Coordinamento del segretariato sociale', address };
}

function readTelegram(get: Get, problems: string[]): Config['telegram'] {
  const token = get('TELEGRAM_TOKEN');
  if (token === undefined) {
    if (get('TELEGRAM_SECRET') ?? get('TELEGRAM_MODE') ?? get('TELEGRAM_NAME'))
      problems.push('TELEGRAM_TOKEN is missing: other TELEGRAM_ settings are set');
    return undefined;
  }
  if (!/^\d+:[\w-]+$/.test(token)) problems.push('TELEGRAM_TOKEN is not a bot token: ask @BotFather');
  const mode = readOneOf('TELEGRAM_MODE', get('TELEGRAM_MODE'), ['polling', 'webhook'], problems);
  const secret = get('TELEGRAM_SECRET');
  if (mode === 'webhook' && secret === undefined) problems.push('TELEGRAM_SECRET is missing: TELEGRAM_MODE is webhook');
  if (secret !== undefined && !/^[\w-]{16,256}$/.test(secret))
    problems.push('TELEGRAM_SECRET must be 16 to 256 letters, digits, _ or -');
  if (mode === 'webhook' && !get('PUBLIC_URL')?.startsWith('https:'))
    problems.push('PUBLIC_URL must be an https address: TELEGRAM_MODE is webhook');
  const apiRoot = readUrl('TELEGRAM_API_ROOT', get('TELEGRAM_API_ROOT'), ['http:', 'https:'], problems);
  const name = get('TELEGRAM_NAME')?.replace(/^@/, '');
  if (name !== undefined && !/^\w{5,32}$/.test(name))
    problems.push('TELEGRAM_NAME is not a name on Telegram: write it as @BotFather shows it, without t.me/');
  return { token, secret, mode, apiRoot: apiRoot ?? 'https://api.telegram.org', ...(name ? { name } : {}) };
}

function readBotFramework(get: Get, problems: string[]): Config['botFramework'] {
  const appId = get('MicrosoftAppId');
  const appPassword = get('MicrosoftAppPassword');
  if (!appId && !appPassword) return undefined;
  if (!appId || !appPassword) {
    problems.push(`${appId ? 'MicrosoftAppPassword' : 'MicrosoftAppId'} is missing: both or neither must be set`);
    return undefined;
  }
  return {
    appId,
    appPassword,
    appType: get('MicrosoftAppType') ?? 'MultiTenant',
    tenantId: get('MicrosoftAppTenantId') ?? '',
  };
}

function readDecoder(get: Get, problems: string[]): Config['decoder'] {
  const url = readUrl('DECODER_URL', get('DECODER_URL'), ['http:', 'https:'], problems);
  const [model, key] = [get('DECODER_MODEL'), get('DECODER_KEY')];
  if (url === undefined) {
    if (get('DECODER_URL') === undefined && (model ?? key))
      problems.push('DECODER_URL is missing: other DECODER_ settings are set');
    return undefined;
  }
  const { protocol, hostname, username, password, search, hash } = new URL(url);
  if (protocol === 'http:' && !/^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname))
    problems.push('DECODER_URL must be an https address, unless it is on this machine');
  if (username || password || search || hash)
    problems.push('DECODER_URL must be a bare address, without password, ? or #: a key goes in DECODER_KEY');
  if (model === undefined) problems.push('DECODER_MODEL is missing: DECODER_URL is set');
  if (key !== undefined && !/^[\x21-\x7e]+$/.test(key)) problems.push('DECODER_KEY must be printable ASCII, no spaces');
  return { url, model: model ?? '', key };
}

function readComuni(text: string | undefined, problems: string[]): ComuneId[] {
  const names = (text ?? '').split(/[\s,]+/).filter((part) => part !== '');
  for (const name of names)
    if (!COMUNI.some((id) => id === name))
      problems.push(`COMUNI has an unknown comune: ${name}; write ${COMUNI.join(', ')}`);
  return names.length === 0 ? [...COMUNI] : COMUNI.filter((id) => names.includes(id));
}

function readOrigins(text: string | undefined, problems: string[]): string[] {
  const origins = (text ?? '').split(/[\s,]+/).filter((part) => part !== '');
  for (const origin of origins)
    if (!URL.canParse(origin) || new URL(origin).origin !== origin)
      problems.push(`EMBED_ORIGINS has a wrong origin: ${origin}`);
  return origins;
}
