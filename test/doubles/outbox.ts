// An outbox in memory with the rules of the real one: leases, fencing, due times.
// Transactions and cases are left to the stores and their own tests.
import type { ClaimedMail, Outbox, OutboxMail } from '../../bot/ports.ts';

export interface Row {
  mail: OutboxMail;
  state: 'pending' | 'sent' | 'dead' | 'cancelled';
  attempts: number;
  queuedAt: Date;
  dueAt: Date;
  /** When its fate was last recorded. */
  recordedAt: Date;
  lease: string | null;
  error: string | null;
}

export class MemoryOutbox implements Outbox {
  failNextClaim = false;
  /** Called between a claim and its answer. */
  onClaimed: () => void = () => {};
  readonly #rows = new Map<string, Row>();
  #leases = 0;

  add(mail: OutboxMail, at: Date): void {
    const row = { state: 'pending' as const, attempts: 0, lease: null, error: null };
    this.#rows.set(mail.id, {
      ...row,
      mail,
      queuedAt: mail.notBefore ?? at,
      dueAt: mail.notBefore ?? at,
      recordedAt: at,
    });
  }

  row(id: string): Row {
    const row = this.#rows.get(id);
    if (!row) throw new Error(`no row ${id}`);
    return row;
  }

  states(): Record<string, Row['state']> {
    return Object.fromEntries([...this.#rows].map(([id, { state }]) => [id, state]));
  }

  async claim(now: Date, limit: number, leaseMs: number): Promise<ClaimedMail[]> {
    if (this.failNextClaim) {
      this.failNextClaim = false;
      throw new Error('store away');
    }
    const due = [...this.#rows.values()].filter((row) => row.state === 'pending' && row.dueAt <= now);
    const claimed = due.slice(0, limit).map((row) => {
      const lease = `lease-${(this.#leases += 1)}`;
      Object.assign(row, { lease, dueAt: new Date(now.getTime() + leaseMs) });
      return { ...row.mail, attempts: row.attempts, queuedAt: row.queuedAt, lease };
    });
    if (claimed.length > 0) this.onClaimed();
    return claimed;
  }

  sent(mail: ClaimedMail, at: Date): Promise<boolean> {
    return this.#record(mail, { state: 'sent', recordedAt: at });
  }

  retry(mail: ClaimedMail, nextAt: Date, error: string): Promise<boolean> {
    const waited = { attempts: mail.attempts + 1, dueAt: nextAt, error };
    return this.#record(mail, { ...waited, recordedAt: this.#leasedAt(mail) });
  }

  postpone(mail: ClaimedMail, nextAt: Date): Promise<boolean> {
    return this.#record(mail, { dueAt: nextAt });
  }

  cancel(mail: ClaimedMail, at: Date): Promise<boolean> {
    return this.#record(mail, { state: 'cancelled', recordedAt: at });
  }

  dead(mail: ClaimedMail, at: Date, error: string): Promise<boolean> {
    return this.#record(mail, { state: 'dead', recordedAt: at, error });
  }

  async bounced(outboxId: string, at: Date, code: string): Promise<string | undefined> {
    const row = this.#rows.get(outboxId);
    if (row?.state !== 'sent') return undefined;
    Object.assign(row, { state: 'dead', recordedAt: at, error: code });
    return row.mail.caseId;
  }

  async depth(now: Date): Promise<{ pending: number; dead: number; oldestSeconds: number }> {
    const rows = [...this.#rows.values()];
    const pending = rows.filter(({ state }) => state === 'pending');
    const oldest = Math.min(now.getTime(), ...pending.map(({ queuedAt }) => queuedAt.getTime()));
    const dead = rows.filter(({ state }) => state === 'dead').length;
    return { pending: pending.length, dead, oldestSeconds: (now.getTime() - oldest) / 1000 };
  }

  #leasedAt(mail: ClaimedMail): Date {
    return new Date(this.row(mail.id).dueAt.getTime() - 15 * 60_000);
  }

  async #record(mail: ClaimedMail, fate: Partial<Row>): Promise<boolean> {
    const row = this.row(mail.id);
    if (row.lease !== mail.lease || row.state !== 'pending') return false;
    Object.assign(row, { ...fate, lease: null });
    return true;
  }
}
