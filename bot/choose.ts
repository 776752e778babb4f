// A button, by its id: an answer to a question, a change of one, a command, the floor's, the request's.
// An id that fits nothing now is an old button: said so, and the talk goes on where it was.
import { COMUNI } from '../flows/types.ts';
import type { Answer } from '../flows/types.ts';
import { walk } from '../flows/walk.ts';
import { valuesOf, withAnswer, withoutAnswer } from './answers.ts';
import { tellAlready } from './cases/person/already.ts';
import { chooseCase } from './cases/person/choose.ts';
import { settle } from './cases/person/rest.ts';
import { confirmed, obey } from './commands.ts';
import { chooseCorrection, chooseSplit } from './correct.ts';
import { chooseInFloor } from './danger.ts';
import { followCard, openRequest, proceed, showChange } from './proceed.ts';
import { chooseInRequest, reopenRequest } from './request-steps.ts';
import { say, stale } from './talk.ts';
import type { Talk } from './talk.ts';

export function chooseById(talk: Talk, id: string): void {
  talk.state.missed = 0;
  const [kind = '', ...rest] = id.split('.');
  if (kind === 'floor') return chooseInFloor(talk, id, () => proceed(talk));
  if (kind === 'case' && chooseCase(talk, rest.join('.'))) return;
  if (talk.state.asking.kind === 'case') settle(talk);
  if (kind === 'command' && obey(talk, rest.join('.'))) return;
  if (kind === 'confirm' && talk.state.asking.kind === 'confirm' && talk.state.asking.what === rest[0])
    return confirmed(talk, talk.state.asking.what, rest[1] === 'yes');
  if (kind === 'human') return tellAlready(talk) ? undefined : openRequest(talk);
  if (kind === 'result') return chooseResult(talk, rest.join('.'));
  if (kind === 'change') return change(talk, rest.join('.'));
  if (kind === 'place') return choosePlace(talk, rest[0] ?? '', rest[1] ?? '');
  if (kind === 'request' && isAsked(talk, id)) return chooseInRequest(talk, rest2(id), id.slice(rest2(id).length + 1));
  if (kind === 'split' && chooseSplit(talk, rest.join('.'))) return;
  if (kind === 'correct' && chooseCorrection(talk, rest.join('.'))) return;
  if (answerFlow(talk, id)) return;
  stale(talk, proceed);
}

/** Starts a further need: what is known of the person stays, what was known of the need goes. */
export function anotherNeed(talk: Talk): void {
  const kept = talk.state.answers.filter(({ question }) => question.startsWith('access.'));
  talk.state.answers = kept.map((answer) => ({ ...answer, by: answer.by === 'page' ? 'page' : 'words' }));
  talk.state.told = null;
  talk.state.doubt = null;
  talk.state.contact = null;
}

function chooseResult(talk: Talk, what: string): void {
  if (what === 'request') return openRequest(talk);
  if (what === 'change') return void showChange(talk);
  if (what === 'follow') return followCard(talk);
  if (what === 'another') {
    anotherNeed(talk);
    return proceed(talk);
  }
  if (!obey(talk, what)) stale(talk, proceed);
}

/** The first two parts of `request.when.slot.123`: the question. */
function rest2(id: string): string {
  return id.split('.').slice(0, 2).join('.');
}

function isAsked(talk: Talk, id: string): boolean {
  const { asking, request } = talk.state;
  return (asking.kind === 'request' || asking.kind === 'floor') && asking.question === rest2(id) && request !== null;
}

/** Only that answer goes; the rest is replayed as it was. */
function change(talk: Talk, question: string): void {
  if (question.startsWith('request.')) return talk.state.request ? reopenRequest(talk, question) : stale(talk, proceed);
  const also = question.startsWith('also.') ? question.slice('also.'.length) : undefined;
  if (also !== undefined) return leaveOut(talk, also);
  talk.state.answers = withoutAnswer(talk.state.answers, question);
  // The page's guess must not answer in the person's place what they have just taken back.
  if (question === 'access.comune') talk.state.pageComune = null;
  proceed(talk);
}

/** A need beside the main one of its area has no question of its own: it is taken off the list. */
function leaveOut(talk: Talk, need: string): void {
  const left = valuesOf(talk.state.answers, 'triage.also').filter((one) => one !== need);
  const without = withoutAnswer(talk.state.answers, 'triage.also');
  talk.state.answers =
    left.length > 0 ? withAnswer(without, { question: 'triage.also', values: left, by: 'words' }) : without;
  proceed(talk);
}

/** `place.porcari.0`, one of the places of a name; `place.here.porcari`, the one that was shown on the map; `place.no`. */
function choosePlace(talk: Talk, first: string, second: string): void {
  const words = say(talk);
  if (first === 'no') return proceed(talk, words('sent:place.no'));
  const here = first === 'here';
  const found = COMUNI.find((id) => id === (here ? second : first));
  if (!found || (!here && !/^\d+$/.test(second))) return stale(talk, proceed);
  talk.state.answers = withAnswer(talk.state.answers, { question: 'access.comune', values: [found], by: 'person' });
  // A request half written is for the desk of that comune now.
  if (talk.state.request) return openRequest(talk);
  proceed(talk, here ? words('common:changed', { what: talk.env.directory.comune(found).name }) : '');
}

/** `economic.need.bills` at that very question. Several taps gather where several may be chosen. */
function answerFlow(talk: Talk, id: string): boolean {
  const road = walk(talk.state.answers);
  if (road.arrived || talk.state.request || !id.startsWith(`${road.question.id}.`)) return false;
  const option = id.slice(road.question.id.length + 1);
  const values = [...valuesOf(talk.state.answers, road.question.id), option];
  if (!road.question.options.includes(option)) return false;
  const first = talk.state.answers.every(({ by }) => by === 'page');
  const answer: Answer = { question: road.question.id, values: [...new Set(values)], by: first ? 'words' : 'person' };
  if (road.question.asks === 'several' && option === 'done' && values.length === 1) {
    proceed(talk);
    return true;
  }
  talk.state.answers = withAnswer(talk.state.answers, answer);
  proceed(talk);
  return true;
}
