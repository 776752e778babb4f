// The whole talk as forms, without a browser: triage, request, correction, danger, Back, reload, the same words as in the chat.
// What may go wrong on the way is left to plain-edges.test.ts, real keys and pixels to plain-browser.test.ts.
import assert from 'node:assert/strict';
import { start } from '../bot/main.ts';
import { readConfig } from '../bot/config.ts';
import { silentLog } from '../bot/log.ts';
import type { Reply } from '../bot/message.ts';
import { SmtpDouble } from './doubles/smtp.ts';
import { HttpTalk } from './support/direct-line-http.ts';
import { until } from './support/mail.ts';
import { loose } from './support/directions.ts';
import { PlainTalk, flat } from './support/plain.ts';
import { STORIES } from './support/screens.ts';
import { makeFolder } from './support/server-process.ts';
import { CODE, DESK_INBOX, DESK_PHONE, STORY, walk } from './support/walk.ts';

const HOUR = 3_600_000;

describe('plain pages', () => {
  const folder = makeFolder();
  let smtp: SmtpDouble;
  let url: string;
  let close: () => Promise<void>;
  let passed = 0;
  before(async () => {
    smtp = await SmtpDouble.start();
    const settings = {
      HOST: '127.0.0.1',
      PORT: '0',
      DATA_DIR: folder.path,
      SMTP_URL: smtp.url,
      MAIL_FROM: 'b@x.example',
    };
    const server = await start(readConfig(settings), silentLog, () => new Date(Date.now() + passed));
    url = `http://127.0.0.1:${server.port}`;
    close = server.close;
  });
  after(async () => {
    await close();
    await smtp.stop();
    folder.remove();
  });
  const begin = (comune?: string): Promise<PlainTalk> => new PlainTalk(url, comune).open();
  const last = (talk: PlainTalk): string => talk.shown().at(-1)?.text ?? '';

  it('begins with a box, the way out, the numbers and the desk', async () => {
    const talk = await begin();
    assert.equal(talk.status, 200);
    assert.equal(talk.title(), 'Bussola');
    const order = [
      'Esci subito',
      'Emergenza 112',
      'Inizi qui',
      'Che cosa succede?',
      'Inizia',
      `Chiama ${DESK_PHONE}`,
      '1522',
    ];
    const at = order.map((text) => talk.words().indexOf(text));
    assert.ok(
      at.every((place, index) => place > (at[index - 1] ?? -1)),
      `${order.join(', ')}: ${at.join(', ')}`,
    );
    assert.doesNotMatch(talk.html, /<script|style=|onclick/);
    assert.match(talk.html, /<a [^>]*href="https:\/\/www\.google\.com[^>]* rel="noreferrer"/);
  });

  it('an unpaid bill: from the story to the desk, the request, its code and the mail to the desk', async () => {
    const talk = await begin();
    const { desk, code, turnsToDesk, shown } = await walk(talk);
    assert.ok(turnsToDesk <= 4);
    assert.match(code, CODE);
    for (const text of ['martedì', 'Che cosa portare', 'bollette', 'ISEE', 'Perché qui'])
      assert.ok(desk.text.includes(text), text);
    assert.ok(!shown.some(({ text }) => /ha diritto/i.test(text)));
    await until(() => smtp.delivered.some(({ mail }) => mail.subject?.includes(code) ?? false));
    const sent = smtp.delivered.find(({ mail }) => mail.subject?.includes(code));
    assert.deepEqual(sent?.to, [DESK_INBOX]);
    // Asked for by a button or by the code, on this page or on a new one.
    assert.match(talk.html, /value="news">Ci sono novità\?</);
    const before = talk.shown().length;
    await talk.submit({ do: 'news' });
    assert.ok(last(talk).includes(code), last(talk));
    assert.ok(before > 0 && talk.html.includes('Ci sono novità?'));
    const another = await begin('lucca');
    await another.say(code);
    assert.equal(another.notice(), undefined);
    assert.ok(another.shown().length > 0);
  });

  it('says the same words as the chat, and lays the card out with the same facts', async () => {
    const lines = [
      STORY,
      'economic.cutoff.no',
      'access.followed.first',
      'quanto dura?',
      'result.change',
      'command.back',
    ];
    const chat = new HttpTalk(url);
    const talk = await begin();
    let said = await chat.open({ channelData: { comune: 'porcari' }, locale: 'it' });
    await talk.submit({ text: '', do: 'say' });
    for (const line of [undefined, ...lines]) {
      const label = talk.buttons().find(({ id }) => id === line)?.label;
      if (line !== undefined) {
        await (label === undefined ? talk.say(line) : talk.choose(line, label));
        said = await (label === undefined ? chat.say(line) : chat.choose(line, label));
      }
      const replies = (await chat.log())
        .slice(-said.length)
        .map(({ channelData }) => channelData?.bussola as Partial<Reply>);
      const shown = talk.shown();
      assert.equal(shown.length, said.length, line);
      said.forEach(({ text, choices }, index) => {
        const bubble = shown[index] ?? assert.fail();
        const card = replies[index]?.card;
        const offered = bubble.choices.filter(({ id }) => !card?.reasons.some(({ choice }) => choice === id));
        assert.deepEqual(offered, choices);
        if (!card) return assert.equal(withoutLinks(bubble.text, replies[index]), flat(text));
        const facts = [
          card.title,
          card.what,
          card.opening,
          card.hours,
          card.freshness,
          card.address?.shown,
          card.email?.shown,
          ...card.phones.map(({ shown: number }) => number),
          ...card.bring,
          ...card.how,
          ...card.reasons.map((reason) => reason.label),
          ...card.also.flatMap(({ name, line: what }) => [name, what]),
        ];
        for (const fact of facts) assert.ok(bubble.text.includes(flat(fact ?? '')), fact);
      });
    }
  });

  it('an answer corrected on the way changes the desk; the reasons on the card can be taken back', async () => {
    const talk = await begin();
    await talk.say(STORY);
    await talk.say('no aspetta, abito ad Altopascio, non a Porcari');
    assert.match(talk.words(), /Altopascio/);
    await talk.choose('economic.cutoff.no', 'No, per ora no');
    await talk.choose('access.followed.first', 'Sì, è la prima volta');
    assert.match(last(talk), /Altopascio/);
    assert.match(talk.html, /aria-label="Cambia: [^"]*Altopascio/);
    await talk.choose('change.access.comune', 'cambia');
    assert.ok(talk.words().includes('Cambia: '), 'what was pressed is in the talk');
    await talk.say('Porcari');
    assert.ok(last(talk).includes(DESK_PHONE));
  });

  it('danger in the middle is answered first, with its numbers above everything that was said', async () => {
    const talk = await begin();
    await talk.say(STORY);
    await talk.say('mio marito mi picchia e ho paura');
    const words = talk.words();
    assert.ok(words.indexOf('Numeri da chiamare subito') < words.indexOf('Ultimi messaggi'));
    assert.ok(words.indexOf('1522') < words.indexOf('mio marito mi picchia'));
    assert.match(talk.html, /<section class="floor"[^]*?href="tel:112"[^]*?href="tel:1522"/);
    assert.equal(talk.title(), 'Risposta · Bussola');
    assert.ok(talk.buttons().some(({ id }) => id.startsWith('floor.')));
  });

  it('danger beside a pressed button, on an old form or on a form that is not ours, is heard all the same', async () => {
    const beside = await begin();
    await beside.say(STORY);
    const old = beside.copy();
    await beside.submit({ choice: 'economic.cutoff.no', text: 'voglio uccidermi' });
    assert.match(beside.html, /<section class="floor"/);
    await old.submit({ text: 'mio marito mi picchia', do: 'say' });
    assert.match(old.html, /<section class="floor"/);
    const foreign = await begin();
    await foreign.submit({ page: 'inventata', text: 'mio marito mi picchia', do: 'say' });
    assert.match(foreign.html, /<section class="floor"/);
  });

  it('pressed twice, reloaded, or both at once: one message', async () => {
    const talk = await begin();
    const twice = talk.copy();
    await Promise.all([talk.say(STORY), twice.say(STORY)]);
    assert.deepEqual(talk.shown(), twice.shown());
    assert.equal(talk.html.split('bolletta della luce').length, 2);
    const again = talk.copy();
    await talk.submit({ choice: 'economic.cutoff.no' });
    await again.submit({ choice: 'economic.cutoff.no' });
    assert.deepEqual(again.shown(), talk.shown());
    assert.equal(again.notice(), undefined);
  });

  it('Back and an older form: nothing is done twice, and the talk is shown where it is', async () => {
    const talk = await begin();
    const first = talk.copy();
    await talk.say(STORY);
    const old = talk.copy();
    await talk.submit({ choice: 'economic.cutoff.no' });
    await talk.submit({ choice: 'access.followed.first' });
    const here = talk.shown();
    await old.submit({ choice: 'economic.cutoff.cut' });
    assert.match(old.notice() ?? '', /^Questa scelta non è più valida\. Ecco dove eravamo\./);
    assert.equal(old.title(), 'Un avviso · Bussola');
    assert.deepEqual(old.shown(), here);
    await first.submit({ text: STORY, do: 'say' });
    assert.deepEqual(first.shown(), here);
    // From where it is, it goes on.
    await old.choose('result.request', 'Chiedo un appuntamento');
    assert.equal(old.notice(), undefined);
  });

  it('words typed on a page that is out of date, or on a form already sent, stay in the box', async () => {
    const talk = await begin();
    await talk.say(STORY);
    const sent = talk.copy();
    await talk.submit({ choice: 'economic.cutoff.no' });
    const words = 'Anche l’affitto, da tre mesi';
    await sent.submit({ text: words, do: 'say' });
    assert.match(sent.notice() ?? '', /andata avanti.*ancora qui sotto/);
    assert.equal(sent.box(), words);
    assert.deepEqual(sent.shown(), talk.shown());
    await sent.submit({ do: 'say' });
    assert.equal(sent.notice(), undefined);
    assert.ok(sent.words().includes(words));
    await talk.submit({ text: words, do: 'say' });
    assert.match(talk.notice() ?? '', /andata avanti/);
    assert.equal(talk.box(), words);
  });

  it('what is typed beside a pressed button waits in the box, as it does in the chat', async () => {
    const talk = await begin();
    await talk.say(STORY);
    await talk.submit({ choice: 'economic.cutoff.no', text: 'poi le dico dell’affitto' });
    assert.equal(talk.box(), 'poi le dico dell’affitto');
    assert.match(last(talk), /prima volta/);
  });

  it('speaks the language that is chosen, by a link before the talk and by a button in it', async () => {
    const talk = await new PlainTalk(url, 'porcari').open('?lang=ro');
    assert.match(talk.html, /<html lang="ro" dir="ltr">/);
    await talk.submit({ text: '', do: 'say' });
    assert.match(talk.html, /<html lang="ro"/);
    await talk.choose('command.language.en', 'English');
    assert.match(talk.html, /<html lang="en"/);
    assert.match(talk.words(), /Latest messages/);
    assert.match(talk.html, /<div class="bubble" lang="en" dir="ltr">/);
    // Nor does the word for it stay behind: the old talk keeps its own language.
    assert.match(talk.html, /<div class="bubble" lang="ro"/);
  });

  it('keeps numbers in their order in words read from the right, on the card and around it', async () => {
    const talk = await new PlainTalk(url, 'porcari').open('?lang=ar');
    assert.deepEqual(loose(talk.html), []);
    for (const fields of [
      { text: STORIES.ar.bill },
      { choice: 'economic.cutoff.no' },
      { choice: 'access.followed.first' },
    ])
      await talk.submit(fields);
    assert.match(talk.html, /<html lang="ar" dir="rtl"/);
    assert.match(
      talk.html,
      /<section class="panel card">[\s\S]*href="tel:[^"]+"\s*>(?:<span dir="auto">)?[^<]*<bdi dir="ltr">0583 211899<\/bdi>/,
    );
    assert.deepEqual(loose(talk.html), []);
  });

  it('shows the desk of the comune once: below, until the answer itself is its card', async () => {
    const talk = await begin();
    const below = /<h2>Lo sportello del Comune di Porcari<\/h2>/;
    assert.match(talk.html, below);
    await talk.submit({ text: STORY, do: 'say' });
    assert.match(talk.html, below);
    await talk.submit({ choice: 'economic.cutoff.no' });
    await talk.submit({ choice: 'access.followed.first' });
    assert.doesNotMatch(talk.html, below);
    assert.equal(talk.html.split('211899"').length, 2, 'its number once');
    for (const always of ['Esci subito', 'Emergenza 112', '1522', '114'])
      assert.ok(talk.words().includes(always), always);
    await talk.submit({ choice: 'result.request' });
    assert.match(talk.html, below);
  });

  it('takes 2,000 characters and more, and lets no markup live', async () => {
    const long = await begin();
    await long.say(`${STORY} ${'E poi è successo ancora questo. '.repeat(70)}`);
    assert.ok(long.shown().length > 0);
    assert.ok(long.words().includes('Ho capito'));
    const talk = await begin();
    const markup = '</textarea><script>alert(1)</script><img src=x onerror=alert(1)> "\' &amp;';
    await talk.say(markup);
    assert.doesNotMatch(talk.html, /<script|<img/);
    assert.ok(talk.words().includes(markup));
    const kept = await begin();
    await kept.submit({ page: 'x', text: markup, do: 'say' });
    assert.equal(kept.box(), flat(markup));
    assert.doesNotMatch(kept.html, /<script|<img/);
    await kept.submit({ choice: '"><script>alert(1)</script>', text: '' });
    assert.doesNotMatch(kept.html, /<script/);
  });

  it('forgets everything when it is asked to, and an older page then tells nothing', async () => {
    const talk = await begin();
    await talk.say(STORY);
    const old = talk.copy();
    await talk.choose('command.erase', 'Pulisci: cancella questa chat');
    await talk.submit({ choice: 'confirm.erase.yes' });
    assert.doesNotMatch(talk.html, /bolletta/);
    await old.submit({ text: 'ci sono ancora?', do: 'say' });
    assert.doesNotMatch(old.html, /bolletta della luce/);
  });

  it('on a public machine, Back shows nothing an hour later; who stayed on the page goes on', async () => {
    const talk = await begin();
    const first = talk.copy();
    await talk.say(STORY);
    try {
      passed += HOUR + 60_000;
      await first.submit({ text: STORY, do: 'say' });
      assert.equal(first.status, 410);
      assert.doesNotMatch(first.html, /bolletta/);
      assert.match(first.notice() ?? '', /ricominciare da qui\..*0583 211899/);
      await talk.choose('economic.cutoff.no', 'No, per ora no');
      assert.equal(talk.notice(), undefined);
      passed += 25 * HOUR;
      await talk.submit({ text: 'quasi finito', do: 'say' });
      assert.equal(talk.status, 410);
      assert.equal(talk.box(), 'quasi finito');
      // A press more begins a new talk, with what was written.
      await talk.submit({ do: 'say' });
      assert.equal(talk.status, 200);
      assert.ok(talk.words().includes('quasi finito'));
    } finally {
      passed = 0;
    }
  });
});

/** Links are said in the chat by its buttons: here they stand in the words. */
function withoutLinks(text: string, reply: Partial<Reply> | undefined): string {
  return flat((reply?.links ?? []).reduce((rest, { label }) => rest.replace(flat(label), ''), text));
}
