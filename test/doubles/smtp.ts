// A real SMTP server on 127.0.0.1 that can be told to misbehave, and keeps what it accepted.
// What should happen then is left to the tests.
import type { AddressInfo, Socket } from 'node:net';
import { simpleParser } from 'mailparser';
import type { ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerOptions, SMTPServerSession } from 'smtp-server';

/** What the server does from now on. `recipients` go before `recipient`. */
export interface SmtpManners {
  /** Reply to each recipient: `250`, `451`, `550`… */
  recipient?: number;
  recipients?: Record<string, number>;
  /** Text of a refusal, for example `5.7.1 Relaying denied`. */
  reason?: string;
  /** Reply to MAIL FROM. */
  sender?: number;
  /** Reply after the last dot. */
  data?: number;
  /** Milliseconds between taking a mail and saying so: who is cut off there does not know. */
  pause?: number;
  /** `drop`: closes at DATA without a word; `hang`: accepts connections and never greets; `silent`: says nothing after the dot. */
  fault?: 'drop' | 'hang' | 'silent';
  /** `refuse`: wants a password and refuses every one. */
  auth?: 'refuse' | 'accept';
}

export interface Delivered {
  from: string;
  to: string[];
  raw: string;
  mail: ParsedMail;
}

export class SmtpDouble {
  readonly delivered: Delivered[] = [];
  /** Connections that were opened. */
  connections = 0;
  manners: SmtpManners;
  readonly #server: SMTPServer;
  readonly #sockets = new Set<Socket>();
  #port = 0;

  private constructor(manners: SmtpManners, tls: Pick<SMTPServerOptions, 'secure' | 'key' | 'cert'> | undefined) {
    this.manners = manners;
    this.#server = this.#build(tls);
    this.#server.server.on('connection', (socket: Socket) => {
      this.connections += 1;
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    // Clients that break off are part of the game.
    this.#server.on('error', () => {});
  }

  static async start(
    manners: SmtpManners = {},
    options: { port?: number; tls?: Pick<SMTPServerOptions, 'secure' | 'key' | 'cert'> } = {},
  ): Promise<SmtpDouble> {
    const double = new SmtpDouble(manners, options.tls);
    await new Promise<void>((resolve, reject) => {
      double.#server.once('error', reject);
      double.#server.listen(options.port ?? 0, '127.0.0.1', resolve);
    });
    const address: AddressInfo | string | null = double.#server.server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    double.#port = address.port;
    return double;
  }

  get port(): number {
    return this.#port;
  }

  /** For `SMTP_URL`. */
  get url(): string {
    const user = this.manners.auth ? 'bussola:secret@' : '';
    return `smtp://${user}127.0.0.1:${this.#port}`;
  }

  async stop(): Promise<void> {
    // A socket torn away while a refused handshake is still being ended takes the whole process of Node with it.
    await new Promise((resolve) => setTimeout(resolve, 20));
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => this.#server.close(resolve));
  }

  #build(tls: Pick<SMTPServerOptions, 'secure' | 'key' | 'cert'> | undefined): SMTPServer {
    return new SMTPServer({
      ...tls,
      disabledCommands: tls && !tls.secure ? [] : ['STARTTLS'],
      authOptional: true,
      allowInsecureAuth: true,
      disableReverseLookup: true,
      logger: false,
      closeTimeout: 100,
      onConnect: (_session, callback) => {
        if (this.manners.fault !== 'hang') callback();
      },
      onAuth: (_auth, _session, callback) => {
        if (this.manners.auth === 'refuse') callback(refusal(535, '5.7.8 Authentication failed'));
        else callback(null, { user: 'bussola' });
      },
      onMailFrom: (_address, _session, callback) => callback(this.#verdict(this.manners.sender)),
      onRcptTo: ({ address }, _session, callback) =>
        callback(this.#verdict(this.manners.recipients?.[address] ?? this.manners.recipient)),
      onData: (stream, session, callback) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => void this.#receive(Buffer.concat(chunks), session.envelope, callback));
      },
    });
  }

  async #receive(
    raw: Buffer,
    { mailFrom, rcptTo }: SMTPServerSession['envelope'],
    answer: (error?: Error | null) => void,
  ): Promise<void> {
    if (this.manners.fault === 'drop') return this.#drop();
    const verdict = this.#verdict(this.manners.data);
    if (verdict) return answer(verdict);
    const to = rcptTo.map(({ address }) => address);
    this.delivered.push({
      from: mailFrom ? mailFrom.address : '',
      to,
      raw: raw.toString(),
      mail: await simpleParser(raw),
    });
    if (this.manners.pause) await new Promise((resolve) => setTimeout(resolve, this.manners.pause));
    return this.manners.fault === 'silent' ? undefined : answer();
  }

  #verdict(code: number | undefined): Error | null {
    return code === undefined || code < 400 ? null : refusal(code, this.manners.reason ?? 'not now');
  }

  #drop(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}

function refusal(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode });
}
