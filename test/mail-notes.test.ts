// Mails about a case after the first: what each says to its desk, to the person, to the coordinator, and what none ever says.
// When they are sent is left to the tests of the steps and of the clock.
import assert from 'node:assert/strict';
import { assert as check, property, string } from 'fast-check';
import { createMailer } from '../adapters/mail/mailer.ts';
import { caseDigits, caseLink } from '../bot/cases/proof.ts';
import { beginWork } from '../bot/cases/work.ts';
import type { CaseWork } from '../bot/cases/work.ts';
import { linkKey } from '../bot/links.ts';
import { silentLog } from '../bot/log.ts';
import { handOver, personCopy } from '../bot/mail/hand-over.ts';
import { COORDINATOR, caseLinkMail, coordinatorLinkMail, deskLinkMail, mailEpoch } from '../bot/mail/links.ts';
import { ALERTS, LETTERS, NOTES, alertCoordinator, letterToPerson, noteToDesk } from '../bot/mail/notes.ts';
import type { Appointment, Case, CaseDetails, CaseLife, Desk, OutboxMail } from '../bot/ports.ts';
import type { Environment } from '../bot/talk.ts';
import { SmtpDouble } from './doubles/smtp.ts';
import { testEnvironment } from './support/environment.ts';
import { DESK, makeCase, wordsOfHtml, wordsOfText } from './support/mail.ts';

const real = testEnvironment();
const coordinator = { name: 'Coordinamento di prova', address: 'coordinamento@comune.example' };
const secondInbox = { address: 'protocollo@comune.example', kind: 'protocol' as const };
/** A Tuesday, 10:00 in Rome. */
const AT = new Date('2026-11-24T09:00:00Z');
const email = { kind: 'email', value: 'fiordaliso@posta.example', shown: 'fiordaliso@posta.example' } as const;
const APPOINTMENT: Appointment = {
  start: '2026-12-01T09:00:00.000Z',
  end: '2026-12-01T09:30:00.000Z',
  how: 'office',
  sequence: 1,
  state: 'confirmed',
  reminded: [],
};
const ADDRESS = {
  value: 'Piazza di prova 1, Porcari',
  status: 'SEED',
  source: 'test',
  date: '2026',
  confirm: false,
} as const;

function environment(
  desk: Desk = { ...DESK, secondInbox, address: ADDRESS },
  changes: Partial<Environment> = {},
): Environment {
  const directory = {
    ...real.directory,
    desk: (id: string) =>
      id === desk.id ? desk : id === 'prova-altro' ? { ...DESK, id, name: 'Altro ufficio' } : undefined,
  };
  return { ...real, directory, coordinator, ...changes };
}

function begin(details: Partial<CaseDetails> = {}, life: Partial<CaseLife> = {}, env = environment()): CaseWork {
  const made = makeCase(details);
  const whole = { appointment: APPOINTMENT, forwardTo: 'prova-altro', ...life };
  return beginWork(env, { ...made, life: { ...made.life, ...whole } }, AT);
}

function only(work: CaseWork): OutboxMail {
  const [mail, ...more] = work.change.outbox;
  assert.ok(mail);
  assert.deepEqual(more, []);
  return mail;
}

/** What is true of every mail, whoever gets it. */
function sound({ mail }: OutboxMail): void {
  assert.equal(wordsOfHtml(mail.html), wordsOfText(mail.text), 'text and HTML say the same');
  assert.doesNotMatch(`${mail.subject}${mail.text}`, /\{\{|undefined|\[object|(?:deskmail|letter|mail):\w/);
  assert.ok(Buffer.byteLength(mail.text) + Buffer.byteLength(mail.html) < 50_000);
  assert.equal(mail.to.length, 1);
  assert.doesNotMatch(mail.subject, /Fiordaliso|333|bollett|violenz|[\r\n]/i);
}

function linksIn(text: string): string[] {
  return text.match(/https?:\/\/[^\s"<>]+/g) ?? [];
}

describe('a note to a desk', () => {
  const wishes = { anyTime: false, wishes: 'mai la sera, c’è mio marito', copyByMail: false };
  const LAST = ['withdrawn', 'erasure'];

  for (const kind of NOTES)
    it(`${kind}: caution first, code, what to do, one link and its digits`, () => {
      const work = begin({ safe: wishes });
      noteToDesk(work, kind);
      const made = only(work);
      sound(made);
      const { subject, text, html } = made.mail;
      assert.ok(text.startsWith('*** ATTENZIONE, come contattare la persona: mai la sera, c’è mio marito ***\n'), text);
      assert.match(subject, /^\[Bussola\] PRC-7F3K2 \S/);
      assert.ok(text.includes('PRC-7F3K2'));
      assert.match(text, /Che cosa fare: /);
      const [link, digits] = [caseLink(work.env, work.made, AT), caseDigits(work.env, work.made)];
      assert.deepEqual(linksIn(text), LAST.includes(kind) ? [] : [link]);
      assert.deepEqual(linksIn(html), LAST.includes(kind) ? [] : [link]);
      assert.equal(text.includes(`Numero da scrivere la prima volta: ${digits}\n`), !LAST.includes(kind));
      assert.ok(!link.includes(digits));
      // Short: read by somebody who has two hundred of them.
      const words = text.replace(/https?:\S+/g, '').split(/\s+/).length;
      assert.ok(words <= 90, `${words} words`);
      assert.equal(made.kind, LAST.includes(kind) ? 'withdrawal' : 'note');
      assert.deepEqual(made.mail.to, [
        { name: DESK.name, address: kind === 'second' ? secondInbox.address : 'sportello@comune.example' },
      ]);
    });

  it('repeats neither name nor number of the person, but where the number is the news', () => {
    for (const kind of NOTES) {
      const work = begin();
      noteToDesk(work, kind);
      assert.equal(/333 000 0000/.test(only(work).mail.text), kind === 'contact', kind);
      assert.doesNotMatch(only(work).mail.text, /Fiordaliso|bollett/, kind);
    }
  });

  it('quotes what the person wrote, in their language', () => {
    const work = begin();
    noteToDesk(work, 'person_wrote', { quote: { text: 'Nu pot marți.\nMulțumesc', lang: 'ro' } });
    const { text, html } = only(work).mail;
    assert.ok(text.includes('Che cosa scrive (lingua: rumeno):\n> Nu pot marți.\n> Mulțumesc'));
    assert.ok(html.includes('<blockquote dir="auto">Nu pot marți'));
    sound(only(work));
  });

  it('says in the subject that it presses, and never why', () => {
    const needs = [{ area: 'relational', need: 'violence', urgency: 'emergency' } as const];
    const work = begin({ needs });
    noteToDesk(work, 'reminder');
    assert.equal(only(work).mail.subject, '[Bussola] PRC-7F3K2 aspetta una risposta – URGENTE');
    assert.match(only(work).mail.text, /^\*\*\* Contattare con prudenza/);
  });

  it('asks for care also of a desk that is not told of the violence', () => {
    const work = begin({ safe: { anyTime: true, copyByMail: false, rules: { noMail: true } } });
    noteToDesk(work, 'reminder');
    assert.match(only(work).mail.text, /^\*\*\* Contattare con prudenza: parlare solo con la persona/);
    assert.doesNotMatch(only(work).mail.text, /violenz/i);
  });

  it('tells a desk when the person will not hear of it by itself', () => {
    const work = begin({ safe: { anyTime: false, copyByMail: false, rules: { silent: true } } });
    noteToDesk(work, 'appointment');
    assert.match(only(work).mail.text, /non riceve avvisi automatici/);
  });

  it('goes to the coordinator where there is no second inbox, and to nobody where there is none at all', () => {
    const work = begin({}, {}, environment(DESK));
    noteToDesk(work, 'second');
    assert.equal(only(work).mail.to[0]?.address, coordinator.address);
    assert.match(only(work).mail.text, /All'attenzione dei servizi sociali: Sportello sociale di prova/);
    const alone = begin({}, {}, environment(DESK, { coordinator: undefined }));
    noteToDesk(alone, 'second');
    assert.deepEqual(only(alone).mail.to, [{ name: DESK.name, address: 'sportello@comune.example' }]);
    const { inbox: _none, ...without } = DESK;
    const instead = begin({}, {}, environment(without));
    assert.equal(noteToDesk(instead, 'reminder'), 'coordinator');
    assert.equal(only(instead).mail.to[0]?.address, coordinator.address);
    const nobody = begin({}, {}, environment(without, { coordinator: undefined }));
    assert.equal(noteToDesk(nobody, 'reminder'), undefined);
    assert.deepEqual(nobody.change.outbox, []);
  });

  it('in a common inbox says for whom it is', () => {
    const work = begin({}, {}, environment({ ...DESK, inbox: { address: 'comune@pec.example', kind: 'pec' } }));
    noteToDesk(work, 'reminder');
    assert.match(only(work).mail.text, /^All'attenzione dei servizi sociali: Sportello sociale di prova/);
  });
});

describe('the mail that hands a case over', () => {
  it('has the link, the digits and what each button does, and still wants no reply', () => {
    const env = environment();
    const made = makeCase();
    const mail = handOver(env, made, AT);
    assert.ok(mail);
    sound(mail);
    assert.equal(mail.kind, 'request');
    assert.deepEqual(linksIn(mail.mail.text), [caseLink(env, made, AT)]);
    for (const words of [
      `Numero da scrivere la prima volta: ${caseDigits(env, made)}`,
      'prendere in carico:',
      'proporre o confermare un orario:',
      'passare a un altro ufficio: solo se la persona è d’accordo'.replace('’', "'"),
      'Non rispondere a questa e-mail',
    ])
      assert.ok(mail.mail.text.includes(words), `${words}\n${mail.mail.text}`);
    assert.doesNotMatch(mail.mail.text, /SECONDO INVIO/);
  });

  it('says so when it is sent a second time, to another inbox', () => {
    const mail = handOver(environment(), makeCase(), AT, true);
    assert.match(mail?.mail.text ?? '', /^\*\*\* SECONDO INVIO/);
    assert.match(mail?.mail.text ?? '', /dica oggi il codice PRC-\w+ allo sportello\. .* da bussola\.example\/s\. /);
    assert.equal(mail?.mail.to[0]?.address, secondInbox.address);
    assert.equal(handOver(environment(DESK), makeCase(), AT, true)?.mail.to[0]?.address, coordinator.address);
    assert.equal(handOver(environment(DESK, { coordinator: undefined }), makeCase(), AT, true), undefined);
  });

  it('says who writes for whom, whom to call, and what the person agreed to', () => {
    const thirdParty = {
      knows: 'yes',
      call: 'writer',
      writer: 'Bruna Inventati, sua sorella',
      organization: 'Cooperativa Prova',
      role: 'educatrice',
      consent: 'declared',
    } as const;
    const text = handOver(environment(), makeCase({ forWhom: 'client', thirdParty }), AT)?.mail.text ?? '';
    for (const words of ['Consenso della persona: dichiarato da chi scrive', 'La persona interessata lo sa: sì'])
      assert.ok(text.includes(words), `${words}\n${text}`);
    // Beside a number stands the name of whose it is.
    assert.match(
      text,
      /Chiamare: Bruna Inventati, sua sorella, educatrice, Cooperativa Prova \(chi ha scritto\)\n.+: .+\nPer: /,
    );
    assert.doesNotMatch(text, /Vuole essere chiamata|ATTENZIONE/);
    const call = { thirdParty: { call: 'person', writer: 'Bruna Inventati' } } as const;
    const other = handOver(environment(), makeCase(call), AT)?.mail.text ?? '';
    assert.match(other, /Vuole essere chiamata\/o: /);
    assert.match(other, /Chi scrive: Bruna Inventati/);
    assert.match(other, /Chi chiamare: la persona interessata/);
  });

  it('says first that the person does not know, and that nobody is to be spoken to but who wrote', () => {
    const thirdParty = { knows: 'no', call: 'writer', writer: 'Carla, la figlia' } as const;
    const safe = { anyTime: false, wishes: 'mai la sera', copyByMail: false, rules: { silent: true } } as const;
    const text = handOver(environment(), makeCase({ forWhom: 'relative', thirdParty, safe }), AT)?.mail.text ?? '';
    assert.match(text, /^\*\*\* ATTENZIONE: la persona non sa di questa richiesta\. Parli solo con chi ha scritto\./);
    assert.match(text, /ATTENZIONE, come contattare chi ha scritto: mai la sera/);
    assert.doesNotMatch(text, /parlare solo con la persona/);
  });

  it('says by when the person was told to expect an answer, as long as it is to come', () => {
    const text = (made: Case): string => handOver(environment(), made, AT)?.mail.text ?? '';
    const made = { ...makeCase(), state: 'requested', requestedAt: AT } as const;
    assert.match(text(made), /A chi ha scritto abbiamo detto: una risposta entro \p{L}+ \d+ \p{L}+ alle [\d.]+\n/u);
    assert.doesNotMatch(text({ ...made, state: 'taken' }), /abbiamo detto/);
    assert.doesNotMatch(text({ ...made, life: { ...made.life, forwardedFrom: 'case-0' } }), /abbiamo detto/);
  });

  it('carries what the first form of the Punto Insieme asks for', () => {
    const puntoInsieme = { age: '84', livesAlone: 'yes', doctorKnows: 'no', discharge: 'giovedì' } as const;
    const text = handOver(environment(), makeCase({ puntoInsieme }), AT)?.mail.text ?? '';
    assert.match(
      text,
      /Età: 84\nVive da sola\/o: sì\nIl medico di famiglia lo sa: no\nDimissione dall'ospedale: giovedì/,
    );
  });

  it('says when another desk passed it on', () => {
    const made: Case = { ...makeCase(), life: { ...makeCase().life, forwardedFrom: 'case-0' } };
    assert.match(
      handOver(environment(), made, AT)?.mail.text ?? '',
      /Arriva da: un altro ufficio; la persona è d'accordo/,
    );
    const named: Case = { ...made, life: { ...made.life, forwardedBy: made.deskId } };
    assert.match(
      handOver(environment(), named, AT)?.mail.text ?? '',
      new RegExp(
        `Arriva da: ${environment().directory.desk(made.deskId)?.name.replace(/[()]/g, '\\$&')}, [\\d ]+; la persona`,
      ),
    );
  });

  it('is followed by the person’s own copy, at a moment that is safe for them', () => {
    const rules = { hours: [{ from: 14 * 60, to: 16 * 60 }] };
    const details = { contact: email, safe: { anyTime: false, copyByMail: true, rules } };
    const copy = personCopy(environment(), makeCase(details), AT);
    assert.equal(copy?.kind, 'copy');
    assert.equal(copy.notBefore?.toISOString(), '2026-11-24T13:00:00.000Z');
    assert.equal(personCopy(environment(), makeCase({ contact: email }), AT)?.notBefore, undefined);
    const silent = { ...details, safe: { ...details.safe, rules: { silent: true as const } } };
    assert.equal(personCopy(environment(), makeCase(silent), AT), undefined);
  });
});

describe('a letter to the person', () => {
  const SUBJECTS =
    /^(?:Appuntamento in comune|Un messaggio dal comune|Appointment at the town hall|A message from the town hall|Programare la primărie \(Comune\)|Un mesaj de la primărie \(Comune\)): PRC-7F3K2$/;

  for (const language of ['it', 'en', 'ro'])
    for (const kind of LETTERS)
      it(`${kind} in ${language}: neutral, without name, need, words, link or address of anybody`, () => {
        const centre: Desk = {
          ...DESK,
          service: 'addiction_service',
          name: 'Sportello dipendenze di prova',
          address: ADDRESS,
        };
        const needs = [{ area: 'health', need: 'addiction', urgency: 'urgent' } as const];
        const note = { text: 'una storia', lang: language };
        const work = begin({ contact: email, language, needs, note }, {}, environment(centre));
        letterToPerson(work, kind, { values: { when: 'a moment', text: 'le parole dello sportello' } });
        const made = only(work);
        sound(made);
        assert.match(made.mail.subject, SUBJECTS);
        assert.deepEqual(made.mail.to, [{ name: '', address: email.value }]);
        const whole = `${made.mail.text}${made.mail.html}${made.mail.ics?.content ?? ''}`;
        assert.doesNotMatch(
          whole,
          /dipend|addict|Fiordaliso|storia|parole|a moment|urgent|@(?!bussola)|Piazza|000000\b/i,
        );
        assert.deepEqual(linksIn(whole), []);
      });

  it('names a neutral desk, where it is, when it is and whom to call', () => {
    const work = begin({ contact: email });
    letterToPerson(work, 'appointment');
    const { text } = only(work).mail;
    assert.ok(text.includes('martedì 1 dicembre 2026, dalle 10:00 alle 10:30, allo sportello'), text);
    assert.ok(text.includes('Dove: Sportello sociale di prova, Piazza di prova 1, Porcari'), text);
    assert.deepEqual(only(work).until, new Date(APPOINTMENT.start));
    assert.equal(only(work).holds, `${APPOINTMENT.state}.${APPOINTMENT.sequence}`);
    const limit = begin({ contact: email });
    letterToPerson(limit, 'limit');
    assert.ok(only(limit).mail.text.includes('Telefono: 0583 000000'));
    const byPhone = begin({ contact: email }, { appointment: { ...APPOINTMENT, how: 'phone' } });
    letterToPerson(byPhone, 'reminder');
    assert.match(only(byPhone).mail.text, /per telefono/);
    assert.doesNotMatch(only(byPhone).mail.text, /Dove/);
  });

  const never: [string, Partial<CaseDetails>][] = [
    ['left only a phone', {}],
    ['said never by e-mail', { contact: email, safe: { anyTime: true, copyByMail: false } }],
    [
      'wants no automatic e-mail',
      { contact: email, safe: { anyTime: false, copyByMail: true, rules: { noMail: true } } },
    ],
    [
      'wants nothing by itself',
      { contact: email, safe: { anyTime: false, copyByMail: true, rules: { silent: true } } },
    ],
    ['left what is no single address', { contact: { ...email, value: 'a@b.example\r\nBcc: c@d.example' } }],
    ['told of violence', { contact: email, needs: [{ area: 'relational', need: 'violence', urgency: 'urgent' }] }],
  ];
  for (const [who, details] of never)
    it(`is not written to who ${who}`, () => {
      for (const kind of LETTERS) {
        const work = begin(details);
        letterToPerson(work, kind);
        assert.deepEqual(work.change.outbox, [], kind);
      }
    });

  it('is not written at all where the safe moment comes after the appointment', () => {
    const safe = { anyTime: false, copyByMail: true, rules: { hours: [{ from: 18 * 60, to: 19 * 60 }] } };
    const today = { ...APPOINTMENT, start: '2026-11-24T14:00:00.000Z', end: '2026-11-24T14:30:00.000Z' };
    const work = begin({ contact: email, safe }, { appointment: today });
    letterToPerson(work, 'reminder');
    assert.deepEqual(work.change.outbox, []);
    letterToPerson(work, 'cancelled');
    assert.equal(only(work).notBefore?.toISOString(), '2026-11-24T17:00:00.000Z');
  });

  it('waits for a safe moment', () => {
    const work = begin({ contact: email, safe: { anyTime: false, copyByMail: true, rules: { neverDays: [2] } } });
    letterToPerson(work, 'news');
    assert.equal(only(work).notBefore?.toISOString(), '2026-11-25T07:00:00.000Z');
  });
});

describe('an alert to the coordinator', () => {
  for (const kind of ALERTS)
    it(`${kind}: which desk, its number, what to do, the link`, () => {
      const work = begin();
      alertCoordinator(work, kind);
      const made = only(work);
      sound(made);
      assert.equal(made.kind, 'alert');
      assert.deepEqual(made.mail.to, [coordinator]);
      for (const words of [
        'PRC-7F3K2',
        `${DESK.name} (Porcari)`,
        ...(kind === 'no_inbox' ? [] : ['0583 000000']),
        'Che cosa fare: ',
        caseDigits(work.env, work.made),
      ])
        assert.ok(made.mail.text.includes(words), `${words}\n${made.mail.text}`);
      assert.deepEqual(linksIn(made.mail.text), [caseLink(work.env, work.made, AT)]);
    });

  it('is not written where there is no coordinator', () => {
    const work = begin({}, {}, environment(DESK, { coordinator: undefined }));
    alertCoordinator(work, 'bounced');
    assert.deepEqual(work.change.outbox, []);
  });
});

describe('mails that bring a link', () => {
  it('go to the inbox that it belongs to, with digits that are not in it', () => {
    const env = environment();
    const desk = deskLinkMail(env, DESK, AT);
    const page = coordinatorLinkMail(env, AT);
    const one = caseLinkMail(env, makeCase(), AT);
    assert.ok(desk && page && one);
    const digits = [
      env.links.digits(linkKey('desk', DESK.id, mailEpoch(AT))),
      env.links.digits(linkKey('coordinator', COORDINATOR, mailEpoch(AT))),
      caseDigits(env, makeCase()),
    ];
    for (const [index, made] of [desk, page, one].entries()) {
      sound(made);
      assert.deepEqual([made.kind, made.caseId], ['link', '']);
      assert.equal(linksIn(made.mail.text).length, 1);
      assert.ok(made.mail.text.includes(`Numero da scrivere la prima volta: ${digits[index]}\n`));
      assert.ok(!linksIn(made.mail.text)[0]?.includes(digits[index] ?? '-'));
    }
    assert.deepEqual(
      [desk, page, one].map(({ mail }) => mail.to[0]?.address),
      ['sportello@comune.example', coordinator.address, 'sportello@comune.example'],
    );
    const token = linksIn(desk.mail.text)[0]?.split('/s/d/')[1] ?? '';
    assert.equal(env.links.read('desk', token, AT)?.claims.about, DESK.id);
    const { inbox: _none, ...without } = DESK;
    assert.equal(deskLinkMail(env, without, AT), undefined);
    assert.equal(coordinatorLinkMail(environment(DESK, { coordinator: undefined }), AT), undefined);
  });
});

describe('words of people in any mail', () => {
  const EVIL =
    'Anna\r\nBcc: evil@evil.example\r\n\r\n.\r\nMAIL FROM:<x@evil.example>\u2028Subject: altro https://evil.example/s/c/a.b <a href="https://evil.example">x</a>';
  const HIDDEN = /[\u0000-\u0009\u000B-\u001F\u202A-\u202E\u2028\u2029]/;

  /** Every mail that a case can cause, with these words wherever a person or a desk may leave some. */
  function all(words: string): OutboxMail[] {
    const quote = { text: words, lang: words.slice(0, 30) };
    const desk: Desk = { ...DESK, name: `Sportello ${words}`, address: { ...ADDRESS, value: words } };
    const details: Partial<CaseDetails> = {
      name: words,
      contact: { ...email, shown: words },
      note: quote,
      safe: { anyTime: false, wishes: words, copyByMail: true, rules: {} },
      thirdParty: { writer: words, organization: words, role: words },
      puntoInsieme: { age: words, discharge: words },
    };
    const work = begin(details, {}, environment(desk));
    for (const kind of NOTES) noteToDesk(work, kind, { quote });
    for (const kind of LETTERS) letterToPerson(work, kind, { quote });
    for (const kind of ALERTS) alertCoordinator(work, kind);
    const first = handOver(work.env, work.made, AT);
    const copy = personCopy(work.env, work.made, AT);
    const link = deskLinkMail(work.env, desk, AT);
    assert.ok(first && copy && link);
    return [...work.change.outbox, first, copy, link];
  }

  it('make no header, no receiver, no link and no second mail', async () => {
    const smtp = await SmtpDouble.start();
    const from = { name: 'Bussola', address: 'bussola@comune.example' };
    const mailer = createMailer({ smtpUrl: smtp.url, mailFrom: from, dataDir: '/nowhere' }, silentLog);
    try {
      const mails = all(EVIL);
      for (const mail of mails) assert.deepEqual(await mailer.send(mail), { result: 'sent' });
      assert.equal(smtp.delivered.length, mails.length);
      for (const [index, { mail, to, from: sender, raw }] of smtp.delivered.entries()) {
        const wanted = mails[index]?.mail;
        assert.ok(wanted);
        assert.deepEqual([sender, to], ['bussola@comune.example', wanted.to.map(({ address }) => address)]);
        for (const name of ['bcc', 'cc', 'x', 'reply-to']) assert.equal(mail.headers.has(name), false, name);
        assert.equal(mail.subject, wanted.subject);
        assert.doesNotMatch(`${mail.subject}`, /evil|Anna/);
        const html = mail.html === false ? '' : mail.html;
        assert.doesNotMatch(html, /href="(?!https:\/\/bussola\.example\/s\/)/);
        assert.doesNotMatch(mail.text ?? '', HIDDEN);
        assert.ok(Buffer.byteLength(raw) < 50_000);
        assert.equal(mail.headers.get('auto-submitted'), 'auto-generated');
      }
    } finally {
      await mailer.close();
      await smtp.stop();
    }
  });

  it('are said the same in text and HTML, whatever they are', () => {
    check(
      property(string({ unit: 'binary', maxLength: 200 }), (words) => {
        for (const made of all(words)) {
          assert.equal(wordsOfHtml(made.mail.html), wordsOfText(made.mail.text));
          assert.doesNotMatch(`${made.mail.subject}${made.mail.text}`, HIDDEN);
        }
      }),
      { numRuns: 40 },
    );
  });
});
