// A real IMAP server on 127.0.0.1, as small as its client allows: one mailbox, and it can be told to misbehave.
// What should happen then is left to the tests.
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';

export interface ImapManners {
  /** `refuse`: every password is wrong. */
  login?: 'refuse';
  /** `hang`: never greets; `drop`: closes when a mail is asked for; `silent`: says nothing more when one is asked for. */
  fault?: 'hang' | 'drop' | 'silent';
}

export interface Kept {
  uid: number;
  raw: Buffer;
  flags: Set<string>;
}

const CAPABILITIES = 'IMAP4rev1';

export class ImapDouble {
  readonly mails: Kept[] = [];
  /** Every command, without its tag. */
  readonly commands: string[] = [];
  connections = 0;
  manners: ImapManners;
  validity = 7;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #port = 0;

  private constructor(manners: ImapManners) {
    this.manners = manners;
    this.#server = createServer((socket) => this.#serve(socket));
  }

  static async start(manners: ImapManners = {}, port = 0): Promise<ImapDouble> {
    const double = new ImapDouble(manners);
    await new Promise<void>((resolve, reject) => {
      double.#server.once('error', reject);
      double.#server.listen(port, '127.0.0.1', resolve);
    });
    const address = double.#server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    double.#port = address.port;
    return double;
  }

  get port(): number {
    return this.#port;
  }

  /** For `BOUNCE_IMAP_URL`. */
  get url(): string {
    return `imap://bussola:geheim@127.0.0.1:${this.#port}/INBOX`;
  }

  /** Puts a mail into the mailbox, unseen. Returns its uid. */
  add(raw: string | Buffer): number {
    const uid = 101 + this.mails.length;
    this.mails.push({ uid, raw: Buffer.from(raw), flags: new Set() });
    return uid;
  }

  /** Uids of the mails that are marked as seen. */
  get seen(): number[] {
    return this.mails.filter(({ flags }) => flags.has('\\Seen')).map(({ uid }) => uid);
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #serve(socket: Socket): void {
    this.connections += 1;
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    // Clients that break off are part of the game.
    socket.on('error', () => {});
    if (this.manners.fault === 'hang') return;
    socket.write(`* OK [CAPABILITY ${CAPABILITIES}] ready\r\n`);
    let waiting = '';
    socket.on('data', (chunk: Buffer) => {
      const lines = `${waiting}${chunk.toString('latin1')}`.split('\r\n');
      waiting = lines.pop() ?? '';
      for (const line of lines) this.#answer(socket, line);
    });
  }

  #answer(socket: Socket, line: string): void {
    const [, tag = '*', command = ''] = /^(\S+) (.*)$/.exec(line) ?? [];
    this.commands.push(command.replace(/^(LOGIN) .*/i, '$1'));
    const name = (/^(?:UID )?\S+/i.exec(command)?.[0] ?? '').toUpperCase();
    const done = (...untagged: string[]): void => {
      socket.write([...untagged, `${tag} OK done`, ''].join('\r\n'));
    };
    if (name === 'CAPABILITY') return done(`* CAPABILITY ${CAPABILITIES}`);
    if (name === 'LOGIN') return this.#login(socket, tag, command);
    if (name === 'LSUB') return done();
    if (name === 'LIST') return done('* LIST () "/" "INBOX"');
    if (name === 'SELECT') return this.#select(socket, tag);
    if (name === 'UID SEARCH') return done(`* SEARCH ${this.#unseen().join(' ')}`.trimEnd());
    if (name === 'UID FETCH') return this.#fetch(socket, tag, command);
    if (name === 'UID STORE') return done(...this.#store(command));
    if (name === 'NOOP' || name === 'CLOSE' || name === 'UNSELECT') return done();
    if (name === 'LOGOUT') {
      done('* BYE see you');
      socket.end();
      return undefined;
    }
    socket.write(`${tag} BAD unknown command\r\n`);
    return undefined;
  }

  #login(socket: Socket, tag: string, command: string): void {
    const right = /^LOGIN "?bussola"? "?geheim"?$/i.test(command) && this.manners.login !== 'refuse';
    socket.write(right ? `${tag} OK welcome\r\n` : `${tag} NO [AUTHENTICATIONFAILED] Invalid credentials\r\n`);
  }

  #select(socket: Socket, tag: string): void {
    const lines = [
      '* FLAGS (\\Seen \\Deleted)',
      `* ${this.mails.length} EXISTS`,
      '* 0 RECENT',
      `* OK [UIDVALIDITY ${this.validity}] ok`,
      `* OK [UIDNEXT ${101 + this.mails.length}] ok`,
      '* OK [PERMANENTFLAGS (\\Seen)] ok',
      `${tag} OK [READ-WRITE] selected`,
    ];
    socket.write(`${lines.join('\r\n')}\r\n`);
  }

  #fetch(socket: Socket, tag: string, command: string): void {
    if (this.manners.fault === 'drop') return void socket.destroy();
    if (this.manners.fault === 'silent') return;
    const index = this.mails.findIndex(({ uid }) => uid === Number(/^UID FETCH (\d+)/i.exec(command)?.[1]));
    const mail = this.mails[index];
    if (mail) {
      const [, start = '0', length = 'Infinity'] = /<(\d+)\.(\d+)>/.exec(command) ?? [];
      const body = mail.raw.subarray(Number(start), Number(start) + Number(length));
      socket.write(`* ${index + 1} FETCH (UID ${mail.uid} BODY[]<${start}> {${body.length}}\r\n`);
      socket.write(body);
      socket.write(')\r\n');
      // Asked for without PEEK, a mail is seen.
      if (!/BODY\.PEEK/i.test(command)) mail.flags.add('\\Seen');
    }
    socket.write(`${tag} OK done\r\n`);
  }

  #store(command: string): string[] {
    const [, uid = '', flags = ''] = /^UID STORE (\d+) \+FLAGS(?:\.SILENT)? \(([^)]*)\)/i.exec(command) ?? [];
    const index = this.mails.findIndex((mail) => mail.uid === Number(uid));
    const mail = this.mails[index];
    if (!mail) return [];
    for (const flag of flags.split(' ')) mail.flags.add(flag);
    return [`* ${index + 1} FETCH (UID ${uid} FLAGS (${[...mail.flags].join(' ')}))`];
  }

  #unseen(): number[] {
    return this.mails.filter(({ flags }) => !flags.has('\\Seen')).map(({ uid }) => uid);
  }
}
