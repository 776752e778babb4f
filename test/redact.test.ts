// What is taken out of a phrase before it is kept: names, numbers, addresses, frazioni; the words of the need stay.
// Which phrases are kept at all is left to queue.test.ts. All people are imagined.
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { loadDirectory } from '../adapters/directory/directory.ts';
import { createRedact, saysSomething } from '../bot/redact/redact.ts';
import type { Redact } from '../bot/redact/redact.ts';
import { readLists } from '../bot/redact/words.ts';

/** What was written, and all that is left of it. */
const WHOLE: [string, string][] = [
  [
    'Mi chiamo Ermenegilda Zanzottera e non riesco a pagare la bolletta, il mio numero è 320 000 0123',
    'Mi chiamo [name] e non riesco a pagare la bolletta, il mio numero è [number]',
  ],
  ['sono zanzottera ermenegilda, ho lo sfratto', 'sono [name], ho lo sfratto'],
  ['sono maria zanzottera e mi hanno tagliato la luce', 'sono [name] e mi hanno tagliato la luce'],
  ['sono disoccupata da due anni', 'sono disoccupata da due anni'],
  ['Giovanni Zibaldoni non paga il mantenimento', '[name] non paga il mantenimento'],
  ['Zibaldona non mangia più', '[name] non mangia più'],
  ['mia figlia Zibaldona non va più a scuola', 'mia figlia [name] non va più a scuola'],
  ['la signora Zibaldoni del piano di sotto urla', 'la signora [name] del piano di sotto urla'],
  ['mio marito si chiama kofi mensah e non lavora', 'mio marito si chiama [name] e non lavora'],
  ['la signora Mensah è sola', 'la signora [name] è sola'],
  ['aiuto il vicino Mensah con la spesa', 'aiuto il vicino [name] con la spesa'],
  ['Sig.ra Zanzottera Ermenegilda, cerco una badante', 'Sig.ra [name], cerco una badante'],
  ['Ms Testington said no benefit', 'Ms [name] said no benefit'],
  ['sono disocupata da due anni', 'sono disocupata da due anni'],
  ['il dott. zibaldoni mi ha parlato di invalidità', 'il dott. [name] mi ha parlato di invalidità'],
  ['sono il signor Prova D’Esempio e ho fame', 'sono il signor [name] e ho fame'],
  ['MI CHIAMO MARIO ESEMPI ABITO IN VIA ROMA 3 E HO LO SFRATTO', 'MI CHIAMO [name] ABITO IN [address] E HO LO SFRATTO'],
  ['ho lo SFRATTO tra 10 giorni', 'ho lo SFRATTO tra 10 giorni'],
  ['abito in via dei Mille 12/b, 55016 Porcari', 'abito in [address], [number] Porcari'],
  ['abito in via roma con i miei figli', 'abito in [address] con i miei figli'],
  ['sono andata via di casa 3 giorni fa con i bambini', 'sono andata via di casa 3 giorni fa con i bambini'],
  ['vicino a piazza Aldo Moro dormo per terra', 'vicino a [address] dormo per terra'],
  ['sto in corte zibaldoni a marlia, senza riscaldamento', 'sto in [address] a Capannori, senza riscaldamento'],
  ['frequento il corso di italiano', 'frequento il corso di italiano'],
  ['vivo a San Concordio con mia nonna', 'vivo a Lucca con mia nonna'],
  ['Colognora è isolata, non ci sono autobus', '[place] è isolata, non ci sono autobus'],
  ['abito a Porcari e non ho la spesa', 'abito a Porcari e non ho la spesa'],
  ['nato il 12/03/1985, c.f. PRVDSM85C12G702X', 'nato il [date], c.f. [code]'],
  ['mia mamma è nata il 3 marzo 1941 e non cammina', 'mia mamma è nata il [date] e non cammina'],
  ['my wife has new born 10 days', 'my wife has new born 10 days'],
  ['il mio iban è IT60 X054 2811 1010 0000 0123 456, bloccato', 'il mio iban è [code], bloccato'],
  ['ho la macchina AB123CD sotto fermo, targa ab 123 cd', 'ho la macchina [code] sotto fermo, targa [code]'],
  ['la mia pratica PRC-7F3K2 è ferma, prc 7f3k2', 'la mia pratica [code] è ferma, [code]'],
  ['protocollo n. 1234/24 respinto', 'protocollo [code] respinto'],
  ['scrivimi a prova.esempio@posta.example o www.posta.example/prova', 'scrivimi a [mail] o [link]'],
  ['la mail è prova punto esempio chiocciola posta punto example', 'la mail è [mail]'],
  ['instagram @prova_esempio mi offende', 'instagram [name] mi offende'],
  ['tre due zero zero zero zero uno due tre, chiamatemi per la spesa', '[number], chiamatemi per la spesa'],
  ['chiamami 3\u200b20.000-01/23 per affitto', 'chiamami [number] per affitto'],
  ['aiuto con l’ISEE per il bonus asilo all’INPS di Lucca', "aiuto con l'ISEE per il bonus asilo all'INPS di Lucca"],
  ['non pago 300 euro di bolletta Enel e 2 mesi di affitto', 'non pago 300 euro di bolletta Enel e 2 mesi di affitto'],
  [
    'My name is Wilberforce Testington, I live at 12 High Street and I can’t pay my bills',
    "My name is [name], I live at [address] and I can't pay my bills",
  ],
  ["i'm testington wilberforce and i lost my job", "i'm [name] and i lost my job"],
  [
    'Mă numesc Ionela Probescu, stau pe strada Florilor nr. 3 și nu am bani de chirie',
    'Mă numesc [name], stau pe [address] și nu am bani de chirie',
  ],
  [
    'Je m’appelle Aïssatou Essai, j’habite 12 rue de la Paix, je ne peux plus payer le loyer',
    "Je m'appelle [name], j'habite [address], je ne peux plus payer le loyer",
  ],
  ['me llamo Prudencia Ejemplo vivo en calle Mayor 5 sin trabajo', 'me llamo [name] vivo en [address] sin trabajo'],
  ['Me chamo Prudência Exemplo, rua Augusta 25, preciso de comida', 'Me chamo [name], [address], preciso de comida'],
  ['Unë quhem Shembull Provësi, rruga Myslym Shyri 12, nuk kam punë', 'Unë quhem [name], [address], nuk kam punë'],
  [
    'Мене звати Оксана Прикладенко, вул. Шевченка 5, не маю за що платити оренду',
    'Мене звати [name], [address], не маю за що платити оренду',
  ],
  ['Меня зовут Пример Тестов, мне нечем платить за свет', 'Меня зовут [name], мне нечем платить за свет'],
  ['我叫王小明，住在中山路12号，付不起房租', '我叫[name],[address],付不起房租'],
  ['اسمي فاطمة التجريبية وما عندي فلوس الكراء', 'اسمي [name] وما عندي فلوس الكراء'],
  ['smiti fatima zehraoui o ma3ndich flous lkra', 'smiti [name] o ma3ndich flous lkra'],
];

/** Sentences with a place for a name and a number, and the words of the need that must stay. */
const FRAMES: [(name: string, number: string) => string, string[]][] = [
  [(name, number) => `mi chiamo ${name} e non pago l'affitto, ${number}`, ['affitto']],
  [(name, number) => `buonasera, mio fratello ${name} beve troppo: ${number}`, ['fratello', 'beve', 'troppo']],
  [(name) => `la signora ${name} cerca una badante a Porcari`, ['badante', 'Porcari']],
  [(name, number) => `My name is ${name}, call ${number}, the landlord wants me out`, ['landlord']],
  [(name, number) => `Mă numesc ${name} și nu am de lucru ${number}`, ['lucru']],
  [(name, number) => `je m'appelle ${name}, ${number}, j'ai faim`, ['faim']],
  [(name, number) => `Me llamo ${name} y tengo deudas ${number}`, ['deudas']],
  [(name, number) => `meu nome é ${name}, preciso de comida ${number}`, ['comida']],
  [(name, number) => `quhem ${name}, nuk kam punë ${number}`, ['punë']],
];

const SYLLABLES = ['zu', 'bal', 'do', 'vrek', 'tri', 'xem', 'pli', 'gno', 'qua', 'sbo', 'kje', 'wum'];
const aName = fc
  .tuple(...[3, 3].map((length) => fc.array(fc.constantFrom(...SYLLABLES), { minLength: length, maxLength: 4 })))
  .map((words) => words.map((parts) => parts.join('')))
  .map((words) => words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' '));
const aNumber = fc
  .tuple(
    fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 5, maxLength: 12 }),
    fc.constantFrom('', ' ', '.', '-', '/'),
  )
  .map(([digits, between]) => digits.join(between));

describe('redaction', () => {
  let redact: Redact;
  before(async () => {
    const directory = loadDirectory();
    redact = createRedact({ comuni: directory.comuni(), frazioni: directory.frazioni(), lists: await readLists() });
  });

  for (const [written, left] of WHOLE)
    it(`leaves of "${written.slice(0, 60)}" only the need`, () => assert.equal(redact(written), left));

  it('leaves no part of a name or a number in any frame, and every word of the need', () => {
    fc.assert(
      fc.property(aName, aNumber, fc.constantFrom(...FRAMES), (name, number, [frame, words]) => {
        const left = redact(frame(name, number));
        for (const part of name.split(' ')) assert.ok(!left.includes(part), left);
        assert.doesNotMatch(left, /\d/);
        for (const word of words) assert.ok(left.includes(word), left);
      }),
      { seed: 20261124, numRuns: 400 },
    );
  });

  it('leaves no part of a name written in small letters after it was introduced', () => {
    fc.assert(
      fc.property(aName, fc.constantFrom('mi chiamo', 'my name is', 'ma numesc', 'me llamo', 'quhem'), (name, said) => {
        const left = redact(`${said} ${name.toLowerCase()} e la bolletta`);
        for (const part of name.toLowerCase().split(' ')) assert.ok(!left.includes(part), left);
        assert.ok(left.endsWith('e la bolletta'), left);
      }),
      { seed: 20261124, numRuns: 200 },
    );
  });

  it('bears any text: short, one line, no five digits, none of its own marks', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), (text) => {
        const left = redact(text);
        assert.ok(left.length <= 300);
        assert.doesNotMatch(left, /[\n\uE000-\uE0FF]|\p{Nd}(?:[\s./-]?\p{Nd}){4}/u);
      }),
      { seed: 20261124, numRuns: 300 },
    );
  });

  it('is bounded where patterns could run away', () => {
    for (const text of [
      'a '.repeat(9000),
      '1 '.repeat(9000),
      'via '.repeat(9000),
      'a.'.repeat(9000),
      'Ab '.repeat(9000),
      'punto '.repeat(9000),
    ])
      assert.ok(redact(text).length <= 300);
  });

  it('cuts between two words, and shows nothing of a number that was cut', () => {
    const left = redact(`${'bolletta '.repeat(60)}320 000 0123`);
    assert.ok(left.length <= 300 && left.endsWith('bolletta'), left);
  });

  it('tells where nothing is left to learn from', () => {
    assert.equal(saysSomething(redact('Giovanni Zibaldoni 320 000 0123')), false);
    assert.equal(saysSomething(redact('Giovanni Zibaldoni, sfratto')), true);
  });

  it('redacts more, and does not fail, where the corpus cannot be read', async () => {
    const lists = await readLists(new URL('nowhere/', import.meta.url));
    const directory = loadDirectory();
    const careful = createRedact({ comuni: directory.comuni(), frazioni: directory.frazioni(), lists });
    assert.equal(careful('la mia Bolletta è di Zibaldone'), 'la mia [name] è di [name]');
  });
});
