// What the mails of a case say and never say, before any transport.
// How they travel is left to mail-transport.test.ts.
import assert from 'node:assert/strict';
import ICAL from 'ical.js';
import { copyMail } from '../bot/mail/copy.ts';
import { requestMail } from '../bot/mail/request.ts';
import type { CaseDetails, Desk, Mail } from '../bot/ports.ts';
import { loadWords } from '../bot/words.ts';
import { CALENDAR, COMUNE, DESK, makeCase } from './support/mail.ts';

const words = loadWords();
const at = new Date('2026-11-21T09:05:00Z');

function request(details: Partial<CaseDetails> = {}, desk: Desk = DESK): Mail {
  const answerLabel = ({ values }: { values: string[] }): string => `Difficoltà: ${values.join(', ')}`;
  return requestMail({ case: makeCase(details), desk, comune: COMUNE, words, at, answerLabel, open: [] });
}

function copy(details: Partial<CaseDetails>, desk: Desk = DESK): Mail | undefined {
  return copyMail({ case: makeCase(details), desk, comune: COMUNE, calendar: CALENDAR, words, at });
}

const email = { kind: 'email', value: 'fiordaliso@posta.example', shown: 'fiordaliso@posta.example' } as const;

describe('the request mail', () => {
  it('tells the operator what is needed to call back', () => {
    const { text, subject, to } = request({
      thirdParty: { knows: 'yes', organization: 'Cooperativa Prova' },
      residentElsewhere: true,
    });
    assert.equal(subject, '[Bussola] PRC-7F3K2 richiesta di appuntamento');
    assert.deepEqual(to, [{ name: DESK.name, address: 'sportello@comune.example' }]);
    for (const words of [
      'Fiordaliso Inventati',
      '333 000 0000 (+393330000000)',
      'martedì 24 novembre 2026, dalle 09:00 alle 12:00',
      'bollette e utenze (senza urgenza)',
      'per sé',
      'Cooperativa Prova',
      'La persona interessata lo sa: sì',
      'prima volta',
      'residente altrove',
      'Difficoltà: bills',
      'sito web',
      'sabato 21 novembre 2026',
    ])
      assert.ok(text.includes(words), `${words} is missing in:\n${text}`);
    assert.ok(!text.includes('mediatore'));
    assert.ok(!/mail:\w|undefined|\{\{/.test(text));
  });

  it('keeps need and name out of the subject, and says when it is urgent', () => {
    const needs = [{ area: 'relational', need: 'violence', urgency: 'emergency' }] as const;
    const { subject, text } = request({ needs: [...needs] });
    assert.equal(subject, '[Bussola] PRC-7F3K2 richiesta di appuntamento – URGENTE');
    assert.match(text.split('\n')[0] ?? '', /Contattare con prudenza/);
  });

  it('begins with the wishes for a safe contact, on one line', () => {
    const mail = request({ safe: { anyTime: false, wishes: 'solo il mattino\r\nmai la sera', copyByMail: false } });
    const first = '*** ATTENZIONE, come contattare la persona: solo il mattino mai la sera ***';
    assert.equal(mail.text.split('\n')[0], first);
    assert.ok(mail.html.indexOf('solo il mattino') < mail.html.indexOf('Fiordaliso'));
  });

  it('is in Italian for a person who speaks another language, with their note as they wrote it', () => {
    const text = 'أحتاج مساعدة\nفي الإيجار';
    const mail = request({ language: 'ar', note: { text, lang: 'ar' } });
    assert.ok(mail.text.includes('Lingua: arabo (serve un mediatore?)'));
    assert.ok(mail.text.includes('> أحتاج مساعدة\n> في الإيجار'));
    assert.ok(mail.html.includes('<blockquote dir="auto">أحتاج مساعدة<br>'));
    assert.ok(mail.text.includes('Vuole essere chiamata/o'));
    assert.ok(request({ language: 'ro' }).text.includes('Lingua: rumeno (serve un mediatore?)'));
  });

  it('says for whom it is when it goes to a common inbox', () => {
    const pec = request({}, { ...DESK, inbox: { address: 'comune@pec.example', kind: 'pec' } });
    assert.ok(pec.text.includes(`All'attenzione dei servizi sociali: ${DESK.name}`));
    assert.ok(!request().text.includes('attenzione dei servizi sociali'));
  });

  it('shows a person’s HTML and addresses as letters that do nothing', () => {
    const note =
      '<script>alert(1)</script><img src=x onerror=1> https://evil.example/a www.evil.example <a href="x">qui</a>';
    const { html, text } = request({ note: { text: note, lang: 'it' }, name: '<b>Anna</b>' });
    assert.doesNotMatch(html, /<(?:script|img|a|b)[\s>]/i);
    assert.doesNotMatch(html, /https?:|\w\.example|www\./);
    const shown = html.replace(/<span>|<\/span>/g, '');
    assert.ok(shown.includes('&#60;script&#62;') && shown.includes('https://evil.example/a'));
    assert.ok(text.includes(`> ${note}`));
  });

  it('lets no words act as a template', () => {
    const { text } = request({ name: '{{code}} $t(mail:copy.subject)', note: { text: '{{code}}', lang: 'it' } });
    assert.ok(text.includes('{{code}} $t(mail:copy.subject)'));
    assert.ok(text.includes('> {{code}}'));
  });

  it('takes out controls, direction overrides and piled marks, and cuts what has no end', () => {
    const name = `An\u202Ena\u0000 \u2028 Ros\u200Bsi${'\u0301'.repeat(300)}`;
    const { text } = request({ name, note: { text: `${'a'.repeat(50_000)}\u0007`, lang: 'it' } });
    assert.match(text, /chiamata\/o: Anna Ross[ií]\p{M}{0,4}\n/u);
    assert.ok(text.length < 7_000);
    assert.doesNotMatch(text, /[\u0000-\u0009\u000B-\u001F\u202A-\u202E\u2028\u2029]/);
  });

  it('cannot be made to look like another field by a name with line breaks', () => {
    const { text } = request({ name: 'Anna\nTelefono: 06 000000' });
    assert.equal(text.split('\n').filter((line) => line.startsWith('Telefono:')).length, 1);
  });

  it('says any time where no time is preferred, and proposes none', () => {
    const mail = request({ preferred: [] });
    assert.ok(mail.text.includes('Quando preferisce: nessuna preferenza'));
    assert.equal(mail.ics, undefined);
  });

  it('refuses a draft and a desk that has no inbox', () => {
    const { inbox: _none, ...without } = DESK;
    assert.throws(() => request({}, without), /has no inbox/);
    const draft = { ...makeCase(), code: null };
    assert.throws(
      () => requestMail({ case: draft, desk: DESK, comune: COMUNE, words, at, answerLabel: () => '', open: [] }),
      /no code/,
    );
  });
});

describe('the proposed time', () => {
  function event(mail: Mail): { event: ICAL.Event; component: ICAL.Component; content: string } {
    assert.ok(mail.ics);
    const component = new ICAL.Component(ICAL.parse(mail.ics.content));
    const found = component.getFirstSubcomponent('vevent');
    assert.ok(found);
    return { event: new ICAL.Event(found), component, content: mail.ics.content };
  }

  it('is in UTC: nine in Rome is eight in winter and seven in summer', () => {
    const winter = event(request());
    assert.equal(winter.event.startDate.toString(), '2026-11-24T08:00:00Z');
    assert.equal(winter.event.endDate.toString(), '2026-11-24T11:00:00Z');
    const summer = request({ preferred: [{ start: '2026-07-14T07:00:00.000Z', end: '2026-07-14T10:00:00.000Z' }] });
    assert.equal(event(summer).event.startDate.toString(), '2026-07-14T07:00:00Z');
    assert.ok(summer.text.includes('martedì 14 luglio 2026, dalle 09:00 alle 12:00'));
  });

  it('is tentative, the same event for the same case, and holds nothing but the code', () => {
    const { event: found, component, content } = event(request({ note: { text: 'segreto', lang: 'it' } }));
    assert.equal(found.uid, 'case-1@bussola');
    assert.equal(found.summary, 'PRC-7F3K2: orario proposto');
    assert.equal(component.getFirstPropertyValue('method'), 'PUBLISH');
    assert.equal(found.component.getFirstPropertyValue('status'), 'TENTATIVE');
    assert.doesNotMatch(content, /Fiordaliso|333|segreto|bollett/);
    assert.ok(content.split('\r\n').every((line) => Buffer.byteLength(line) <= 75));
  });
});

describe('the person’s own copy', () => {
  it('goes to the e-mail they left, in their language, with code, desk, phone and openings', () => {
    const mail = copy({ contact: email, language: 'en' });
    assert.ok(mail);
    assert.equal(mail.subject, 'Appointment at the town hall: PRC-7F3K2');
    assert.deepEqual(mail.to, [{ name: '', address: 'fiordaliso@posta.example' }]);
    for (const words of [DESK.name, '0583 000000', '24 November 2026, from 09:00 to 12:00', 'withdraw'])
      assert.ok(mail.text.includes(words), words);
    const romanian = copy({ contact: email, language: 'ro' });
    assert.equal(romanian?.subject, 'Programare la primărie (Comune): PRC-7F3K2');
    assert.ok(romanian?.text.includes('marți, 24 noiembrie 2026, între 09:00 și 12:00'), romanian?.text);
    assert.equal(copy({ contact: email })?.subject, 'Appuntamento in comune: PRC-7F3K2');
    assert.equal(copy({ contact: email, language: 'ar' })?.subject, 'موعد في البلدية: PRC-7F3K2');
    assert.equal(copy({ contact: email, language: 'sq' })?.subject, 'Appuntamento in comune: PRC-7F3K2', 'not spoken');
  });

  it('repeats neither the need nor anything the person wrote', () => {
    const mail = copy({
      contact: email,
      note: { text: 'una nota', lang: 'it' },
      safe: { anyTime: false, wishes: 'mai di sera', copyByMail: true },
    });
    assert.ok(mail);
    assert.doesNotMatch(`${mail.text}${mail.html}`, /nota\b.*una|una nota|bollett|Fiordaliso|mai di sera/);
  });

  it('does not name a desk whose name tells the need, and not even its number after violence', () => {
    const centre: Desk = { ...DESK, service: 'anti_violence_centre', name: 'Centro antiviolenza di prova' };
    assert.doesNotMatch(copy({ contact: email }, centre)?.text ?? 'antiviolenza', /antiviolenza/);
    const needs = [{ area: 'relational', need: 'violence', urgency: 'urgent' }] as const;
    assert.doesNotMatch(copy({ contact: email, needs: [...needs] })?.text ?? '0583', /0583|violenza/);
  });

  it('names every desk of the request that may be named, none where one of them is after violence', () => {
    const two = (name: string, other: Partial<CaseDetails> = {}, service: Desk['service'] = 'housing_office') => {
      const others = [{ case: makeCase(other), desk: { ...DESK, name, service } }];
      const mail = copyMail({
        case: makeCase({ contact: email }),
        desk: DESK,
        others,
        comune: COMUNE,
        calendar: CALENDAR,
        words,
        at,
      });
      return mail?.text ?? assert.fail();
    };
    assert.ok(two('Ufficio casa di prova').includes(`La mandiamo a: ${DESK.name} e Ufficio casa di prova.`));
    const centre = two('Centro antiviolenza di prova', {}, 'anti_violence_centre');
    assert.ok(centre.includes(`La mandiamo a: ${DESK.name}.`), centre);
    const needs = [{ area: 'relational', need: 'violence', urgency: 'urgent' }] as const;
    assert.doesNotMatch(two('Ufficio casa di prova', { needs: [...needs] }), /di prova|0583/);
  });

  it('is not written to who left only a phone, said never, or left what is no single address', () => {
    assert.equal(copy({}), undefined);
    assert.equal(copy({ contact: email, safe: { anyTime: true, copyByMail: false } }), undefined);
    for (const value of [
      'a@b.example,c@d.example',
      'a@b.example\r\nBcc: c@d.example',
      'a@b.example\u2028',
      '<a@b.example>',
      'a b@c.example',
    ])
      assert.equal(copy({ contact: { kind: 'email', value, shown: value } }), undefined, value);
  });
});
