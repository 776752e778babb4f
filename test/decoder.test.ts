// The decoder's details: answers to the flows' questions, several needs, places, language, and texts made to break it.
// Need, urgency, for whom and comune of whole sentences are checked in decoder-table.test.ts.
import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { loadDirectory } from '../adapters/directory/directory.ts';
import { createDecoder } from '../bot/decoder/decoder.ts';
import { createLanguageDetector } from '../bot/decoder/language.ts';
import { readLexicons } from '../bot/decoder/lexicon.ts';
import { tokenise } from '../bot/decoder/normalise.ts';
import { Matcher } from '../bot/decoder/pattern.ts';
import type { Decoder } from '../bot/decoder/types.ts';

let decoder: Decoder;
before(async () => {
  const directory = loadDirectory();
  decoder = await createDecoder({ frazioni: directory.frazioni(), comuni: directory.comuni() });
});

describe('decoder: answers', () => {
  const said: [string, Record<string, string>][] = [
    ['domani mi staccano il gas e ho due bimbi piccoli', { 'economic.cutoff': 'cut_frail' }],
    ['mi hanno staccato la luce per una bolletta', { 'economic.cutoff': 'cut' }],
    ['ho perso il lavoro a settembre', { 'economic.work': 'lost_job' }],
    ['prendevo il reddito di cittadinanza, ora che faccio', { 'economic.work': 'adi' }],
    ['Mi hanno convocato i servizi sociali per l’ADI e ho perso la lettera', { 'economic.work': 'adi_summons' }],
    ['non abbiamo da mangiare e ho un bimbo piccolo', { 'economic.fragile': 'yes' }],
    ['ho troppi debiti con le finanziarie, gioco alle macchinette', { 'economic.debt_kind': 'gambling' }],
    ['ho un debito con uno strozzino', { 'economic.debt_kind': 'threats' }],
    ['non riesco a comprare i libri di scuola', { 'economic.costs': 'school' }],
    ['mi servono i pannolini per il neonato', { 'economic.costs': 'children' }],
    ['domani viene l’ufficiale giudiziario per lo sfratto', { 'housing.eviction_when': 'days' }],
    ['sfratto esecutivo tra cinque mesi', { 'housing.eviction_when': 'later' }],
    ['il padrone minaccia di buttarci fuori di casa', { 'housing.eviction_when': 'threat' }],
    ['stanotte dormo in macchina con mia figlia di 6 anni', { 'housing.tonight': 'children' }],
    ['stanotte dormo in macchina', { 'housing.tonight': 'alone' }],
    ['mio figlio è vittima di bullismo a scuola', { 'relational.minors': 'school' }],
    ['la mia bambina ha dei lividi, la picchiano', { 'relational.minors': 'danger' }],
    ['mio fratello si buca', { 'relational.substance': 'drugs' }],
    ['mio marito beve tutte le sere', { 'relational.substance': 'alcohol' }],
    ['mi sono giocato tutto alle slot', { 'relational.substance': 'gambling' }],
    ['mia madre ha 84 anni, è caduta, torna dall’ospedale lunedì e da sola non ce la fa', { 'health.alone': 'days' }],
    ['come faccio la domanda di accompagnamento per mio padre invalido', { 'health.disability_help': 'certificate' }],
    ['ho finito le medicine', { 'health.access': 'medicine' }],
    ['non ho il medico di base', { 'health.access': 'doctor' }],
    ['devo prenotare una visita specialistica al cup', { 'health.access': 'booking' }],
    ['la mia assistente sociale non risponde e ho la bolletta da pagare', { 'access.followed': 'followed' }],
    ['chiamo per mia madre, cerco una badante', { 'access.for_whom': 'relative' }],
    ['segnalo per un nostro utente che ha ricevuto lo sfratto', { 'access.for_whom': 'client' }],
    ['Come si chiede il bonus sociale bollette?', { 'economic.bonus': 'info' }],
    ['quanto si paga l’IMU?', { 'triage.off_topic': 'yes' }],
    ['they cut off our electricity and we have a baby', { 'economic.cutoff': 'cut_frail' }],
    ['I lost my job', { 'economic.work': 'lost_job' }],
    ['I owe money to a loan shark', { 'economic.debt_kind': 'threats' }],
    ['my husband drinks every night', { 'relational.substance': 'alcohol', 'access.for_whom': 'relative' }],
  ];
  for (const [text, expected] of said)
    it(text, async () => {
      const { answers } = await decoder.decode(text);
      for (const [question, value] of Object.entries(expected))
        assert.equal(answers[question], value, JSON.stringify(answers));
    });

  it('says nothing the words do not say', async () => {
    assert.equal((await decoder.decode('la bolletta è troppo alta')).answers['economic.cutoff'], undefined);
    assert.equal((await decoder.decode('Abito a Porcari, la bolletta è alta')).answers['economic.bonus'], undefined);
    assert.deepEqual((await decoder.decode('ciao')).answers, {});
  });
});

describe('decoder: several needs', () => {
  it('keeps work and rent beside each other', async () => {
    const { need, otherNeeds, secondaryArea } = await decoder.decode(
      'ho perso il lavoro a settembre, l’affitto come lo pago',
    );
    assert.deepEqual([need, ...otherNeeds].sort(), ['income', 'rent']);
    assert.notEqual(secondaryArea, null);
  });

  it('keeps debts and gambling', async () => {
    const decoded = await decoder.decode('ho troppi debiti, mi scrivono le finanziarie, gioco anche alle macchinette');
    assert.deepEqual([decoded.need, ...decoded.otherNeeds].sort(), ['addiction', 'debts']);
  });

  it('puts a wish to die first, and what caused it second', async () => {
    const decoded = await decoder.decode('mi hanno dato lo sfratto e vorrei farla finita');
    assert.equal(decoded.need, 'mental_health');
    assert.equal(decoded.secondaryArea, 'housing');
    assert.equal(decoded.urgency, 'emergency');
  });

  it('claims nothing with confidence where nothing is said', async () => {
    const { area, confidence } = await decoder.decode('ho bisogno di aiuto');
    assert.equal(area, 'unclear');
    assert.ok(confidence < 0.5);
  });
});

describe('decoder: places', () => {
  const where = async (text: string): Promise<string> => (await decoder.decode(text)).comune;

  const cases: [string, string][] = [
    ['abito a Marlia', 'capannori'],
    ['sto a lammari', 'capannori'],
    ['I live in Spianate', 'altopascio'],
    ['porcari', 'porcari'],
    ['55064', 'pescaglia'],
    ['abito a Sant’Andrea di Compito', 'capannori'],
    ['abito a S. Leonardo', 'capannori'],
    ['vivo ad Altopacio', 'altopascio'],
    ['lavoro a Lucca', 'none'],
    ['il tribunale di Lucca', 'none'],
    ['vengo da Pisa', 'none'],
    ['mia zia abita a Pistoia', 'outside'],
    ['vivo a Bagni di Lucca', 'outside'],
    ['lavoro a Lucca ma vivo a Porcari', 'porcari'],
    ['no aspetta, Porcari non Altopascio', 'porcari'],
    ['bollette di tutte le zone', 'none'],
    ['minacciano di chiudere tutto', 'none'],
    ['la bolletta non l’ho pagata', 'none'],
    ['живу в Лукка', 'lucca'],
  ];
  for (const [text, comune] of cases) it(text, async () => assert.equal(await where(text), comune));

  it('asks which of the places with one name is meant', async () => {
    for (const name of ['San Martino', 'Colognora']) {
      const { comune, ambiguousPlaces } = await decoder.decode(`abito a ${name}`);
      assert.equal(comune, 'none');
      assert.ok(new Set(ambiguousPlaces?.map((place) => place.comune)).size > 1, name);
    }
  });

  it('remembers that who lives here may be resident elsewhere', async () => {
    const decoded = await decoder.decode('abito a Camaiore ma dormo da mia sorella a Lucca da due mesi');
    assert.equal(decoded.comune, 'lucca');
    assert.equal(decoded.residentElsewhere, true);
  });

  it('leaves two places where somebody wanders to be asked', async () => {
    const decoded = await decoder.decode('sono senza fissa dimora, giro tra Lucca e Altopascio');
    assert.equal(decoded.comune, 'none');
    assert.deepEqual(
      decoded.ambiguousPlaces?.map((place) => place.comune),
      ['lucca', 'altopascio'],
    );
  });
});

describe('language', () => {
  const detect = createLanguageDetector();
  const cases: [string, string | undefined, string][] = [
    ['Buongiorno, non riesco a pagare la bolletta', undefined, 'it'],
    ['I cannot pay the rent this month', undefined, 'en'],
    ['Buna ziua, am nevoie de ajutor pentru mama mea', undefined, 'ro'],
    ['السلام عليكم محتاج مساعدة في الإيجار', undefined, 'ar'],
    ['bghit nkhles lkra machi 3ndi lflous', undefined, 'ar'],
    ['допоможіть, мені потрібна допомога', undefined, 'uk'],
    ['мне нужна помощь с квартирой', undefined, 'ru'],
    ['我没钱付房租', undefined, 'zh'],
    ['මට උදව් ඕන', undefined, 'si'],
    ['je ne peux pas payer le loyer', undefined, 'fr'],
    ['no puedo pagar el alquiler', undefined, 'es'],
    ['não consigo pagar o aluguel', undefined, 'pt'],
    ['nuk kam para për qiranë e shtëpisë', undefined, 'sq'],
    ['ok', 'ro', 'ro'],
    ['Porcari', 'en', 'en'],
    ['ciao', undefined, 'it'],
    ['hello', undefined, 'en'],
    ['Abito a Marlia', undefined, 'it'],
    ['', 'fr', 'fr'],
    ['😀😀', undefined, 'it'],
    ['333 000 0000', undefined, 'it'],
    ['347 123 4567', 'ro', 'ro'],
    ['055 12 34 56', 'it', 'it'],
    ['12/05/2026 ore 9 30', 'it', 'it'],
    ['tel 333 000 0000 00 00', 'en', 'en'],
  ];
  for (const [text, hint, lang] of cases)
    it(`${text} -> ${lang}`, async () => assert.equal(await detect(text, hint), lang));
});

describe('decoder: other languages, modestly', () => {
  const cases: [string, string][] = [
    ['nu pot să plătesc chiria luna asta', 'rent'],
    ['kam humbur punën dhe nuk gjej tjetër', 'income'],
    ['je ne peux pas payer le loyer ce mois', 'rent'],
    ['mi marido me pega todas las noches', 'violence'],
    ['não temos nada para comer em casa', 'food'],
    ['мене бʼє чоловік, чоловік мене побив', 'violence'],
    ['я потерял работу и не знаю что делать', 'income'],
    ['محتاج مساعدة في الإيجار', 'rent'],
    ['我没钱付房租', 'rent'],
    ['කුලිය ගෙවන්න බැහැ', 'rent'],
  ];
  for (const [text, need] of cases) it(text, async () => assert.equal((await decoder.decode(text)).need, need));
});

describe('patterns', () => {
  const finds = (source: string, text: string): boolean => {
    const matcher = new Matcher<string>();
    matcher.add(source, 'x', { elder: ['mamma', 'nonna'] });
    assert.deepEqual(matcher.problems, []);
    return matcher.find(tokenise(text)).length > 0;
  };

  it('read words, beginnings, sets, numbers, gaps, options and both-of', () => {
    assert.ok(finds('sfratt*', 'gli sfratti'));
    assert.ok(!finds('sfratto', 'gli sfratti'));
    assert.ok(finds('{elder} <70-110>', 'la mamma (84)'));
    assert.ok(!finds('{elder} <70-110>', 'la mamma 48'));
    assert.ok(finds('stacc* .. luce', 'staccano di nuovo la luce'));
    assert.ok(!finds('stacc* .. luce', 'staccano. la luce'));
    assert.ok(finds('non ce? la faccio', 'non la faccio'));
    assert.ok(finds('luce & arretrat*', 'arretrati, della luce'));
    assert.ok(
      finds("can't|cannot pay", 'i cant pay') &&
        finds("can't|cannot pay", 'I can’t pay') &&
        finds("can't|cannot pay", 'cannot pay'),
    );
  });

  it('name what cannot be read', () => {
    const matcher = new Matcher<string>();
    for (const source of ['', 'x?', '{nobody}', 'a b c d e f g h i j', 'a&b']) matcher.add(source, 'x');
    assert.equal(matcher.problems.length, 5);
  });

  it('are readable in every lexicon, the twelve languages', () => {
    assert.deepEqual([...readLexicons().keys()].sort(), [
      'ar',
      'en',
      'es',
      'fr',
      'it',
      'pt',
      'ro',
      'ru',
      'si',
      'sq',
      'uk',
      'zh',
    ]);
  });
});

describe('decoder: bad input', () => {
  it('answers any text', async () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 200 }).map((codes) => String.fromCharCode(...codes)),
      fc
        .array(fc.constantFrom('non', 'è', 'sfratto', 'a', 'Lucca', ',', '.', 'san', "'", '84', 'mamma', '&', '*'), {
          maxLength: 60,
        })
        .map((words) => words.join(' ')),
    );
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        const { confidence, lang } = await decoder.decode(text);
        assert.ok(confidence >= 0 && confidence <= 1);
        assert.match(lang, /^[a-z]{2}$/);
      }),
      { numRuns: 300 },
    );
  });

  for (const [name, text] of [
    ['nothing', ''],
    ['10,000 characters', 'non riesco a pagare '.repeat(500)],
    ['a million characters', 'a'.repeat(1_000_000)],
    ['1,000 combining marks', `a${'\u0301'.repeat(1000)}`],
    ['control characters', '\u0000\u0007\u001b[31m\u202e'],
    ['lone surrogates', '\ud800\udc00\ud800'],
    ['emoji only', '😀😭🏠'.repeat(20)],
    ['code', 'SELECT * FROM users; <script>alert(1)</script>'],
  ] as const)
    it(`is calm before ${name}`, async () => {
      const { area } = await decoder.decode(text);
      assert.ok(typeof area === 'string');
    });

  it('is honest about what is no text', async () => {
    for (const text of ['', '😀😭🏠', '\u0000\u0007', '1234', 'qwrtz plmkn bvcxz'])
      assert.equal((await decoder.decode(text)).area, 'unclear', text);
  });
});
