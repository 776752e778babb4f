// Numbers for the operator, in a registry of our own. Never a person's words, and no label a person can choose.
// When a turn, a stream or a mail happens is left to those who call.
import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Channel, Turn } from '../../bot/message.ts';
import type { Clock, Outbox } from '../../bot/ports.ts';

export interface Metrics {
  turn(channel: Channel, seconds: number, outcome: 'ok' | 'failed'): void;
  streams(open: number): void;
  /** A remote decoder was asked; `outcome` is one of a few codes. */
  remoteDecoder(outcome: string): void;
  /** The Prometheus text format. */
  text(): Promise<string>;
  contentType: string;
}

export function createMetrics(outbox: Pick<Outbox, 'depth'>, clock: Clock): Metrics {
  const registers = [new Registry()];
  const turns = new Counter({
    name: 'bussola_turns_total',
    help: 'Turns taken',
    labelNames: ['channel', 'outcome'],
    registers,
  });
  const seconds = new Histogram({
    name: 'bussola_turn_seconds',
    help: 'Time from the message to the committed answer',
    labelNames: ['channel'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 15],
    registers,
  });
  const remote = new Counter({
    name: 'bussola_remote_decoder_total',
    help: 'Texts for the remote decoder, by how asking ended',
    labelNames: ['outcome'],
    registers,
  });
  const streams = new Gauge({ name: 'bussola_streams_open', help: 'Open sockets', registers });
  const pending = new Gauge({ name: 'bussola_outbox_pending', help: 'Mails waiting', registers });
  const dead = new Gauge({ name: 'bussola_outbox_dead', help: 'Mails given up: somebody must act', registers });
  const oldest = new Gauge({
    name: 'bussola_outbox_oldest_seconds',
    help: 'Age of the oldest waiting mail',
    registers,
  });
  const up = new Gauge({ name: 'bussola_store_up', help: '1 where the store answers', registers });
  return {
    contentType: Registry.PROMETHEUS_CONTENT_TYPE,
    streams: (open) => streams.set(open),
    remoteDecoder: (outcome) => remote.inc({ outcome }),
    turn(channel, duration, outcome) {
      turns.inc({ channel, outcome });
      seconds.observe({ channel }, duration);
    },
    async text() {
      const depth = await outbox.depth(clock()).catch(() => undefined);
      up.set(depth ? 1 : 0);
      if (depth) {
        pending.set(depth.pending);
        dead.set(depth.dead);
        oldest.set(depth.oldestSeconds);
      }
      return (await Promise.all(registers.map((registry) => registry.metrics()))).join('');
    },
  };
}

/** The same turn, counted. */
export function measureTurn(turn: Turn, metrics: Metrics): Turn {
  return async (incoming) => {
    const started = performance.now();
    const done = (outcome: 'ok' | 'failed'): void =>
      metrics.turn(incoming.channel, (performance.now() - started) / 1000, outcome);
    try {
      const stored = await turn(incoming);
      done('ok');
      return stored;
    } catch (error) {
      done('failed');
      throw error;
    }
  };
}
