// The project's own directory: every comune reaches someone, only sourced values are shown, nothing reserved leaks.
// How a wrong file is refused is left to directory-files.test.ts, opening times to calendar.test.ts.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { COMUNI, SERVICES } from '../flows/types.ts';
import type { Desk } from '../bot/ports.ts';
import { loadDirectory } from '../adapters/directory/directory.ts';
import { parseHours } from '../adapters/directory/hours.ts';
import schema from '../adapters/directory/schema.json' with { type: 'json' };

const ROOT = new URL('../', import.meta.url);
const textsUnder = (folder: string): { path: string; text: string }[] =>
  readdirSync(new URL(folder, ROOT), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name}`)
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }));

describe('directory', () => {
  const directory = loadDirectory();
  const everyDesk: Desk[] = COMUNI.flatMap((comune) => SERVICES.flatMap((key) => directory.desks(key, comune)));

  it('knows the seven comuni, each with its code and switchboard', () => {
    assert.deepEqual(
      directory.comuni().map(({ name, code }) => [name, code]),
      [
        ['Lucca', 'LCC'],
        ['Capannori', 'CPN'],
        ['Porcari', 'PRC'],
        ['Altopascio', 'ALT'],
        ['Montecarlo', 'MTC'],
        ['Villa Basilica', 'VLB'],
        ['Pescaglia', 'PSC'],
      ],
    );
    assert.equal(directory.comune('porcari').switchboard.value.shown, '0583 21181');
    assert.equal(directory.comune('lucca').patron, '07-12');
  });

  for (const comune of COMUNI) {
    it(`gives ${comune} a segretariato and a punto insieme with a phone`, () => {
      for (const key of ['segretariato', 'punto_insieme'] as const) {
        const first = directory.desks(key, comune)[0];
        assert.ok(first, key);
        assert.match(first.phones[0]?.value.uri ?? '', /^tel:\+390?5\d+$/);
        assert.ok(first.inbox, 'a request has somewhere to go');
      }
    });
  }

  it('answers the lines and the services of the whole Piana in every comune', () => {
    const local = [
      'housing_office',
      'immigration_desk',
      'tenants_union',
      'street_unit',
      'primary_care',
      'community_transport',
    ];
    for (const key of SERVICES.filter((service) => !local.includes(service))) {
      for (const comune of COMUNI) assert.notEqual(directory.desks(key, comune).length, 0, `${key} in ${comune}`);
    }
  });

  it('shows only desks with something to call, write to or visit, each found again by its id', () => {
    for (const desk of everyDesk) {
      assert.ok(desk.phones.length > 0 || desk.email || desk.address, desk.id);
      assert.equal(directory.desk(desk.id), desk);
    }
    assert.equal(directory.desk('csm-lucca'), undefined);
    assert.equal(directory.desk('sunia'), undefined);
  });

  it('puts a source, a date and a status that may be shown on every fact', () => {
    for (const desk of everyDesk) {
      for (const fact of [...desk.phones, desk.email, desk.website, desk.address, desk.hours, desk.appointment]) {
        if (!fact) continue;
        assert.match(fact.status, /^(SEED|FOUND)$/, desk.id);
        assert.match(fact.date, /^(undated|\d{4}(-\d{2}){0,2})$/, desk.id);
        assert.ok(fact.source.length > 2, desk.id);
        assert.equal(typeof fact.confirm, 'boolean', desk.id);
      }
    }
  });

  it('asks to confirm what a municipal desk published before 2024', () => {
    const municipal = everyDesk.filter(({ organization }) => organization.startsWith('Comune di '));
    for (const desk of municipal) {
      for (const fact of [...desk.phones, desk.email, desk.hours]) {
        if (fact && fact.date < '2024') assert.equal(fact.confirm, true, `${desk.id} ${fact.date}`);
      }
    }
  });

  it('has hours that parse for every desk that has hours', () => {
    const withHours = everyDesk.filter(({ hours }) => hours);
    assert.ok(withHours.length > 50);
    for (const { hours } of withHours) if (hours) assert.ok(parseHours(hours.value));
  });

  it('shows Porcari at the hours inside both sources, to be confirmed', () => {
    const desk = directory.desk('porcari-segretariato');
    assert.equal(desk?.hours?.value, 'Tu,Th 09:00-12:00');
    assert.equal(desk?.hours?.confirm, true);
    assert.equal(desk?.phones[0]?.value.uri, 'tel:+390583211899');
    assert.deepEqual(desk?.inbox, { address: 'sportellosociale@comune.porcari.lu.it', kind: 'desk' });
    assert.equal(desk?.mapUrl, 'https://www.openstreetmap.org/search?query=Piazza%20Felice%20Orsi%2C%20Porcari');
  });

  it('lets the switchboard stand in for Villa Basilica, and its PEC receive the requests', () => {
    const desk = directory.desks('segretariato', 'villa_basilica')[0];
    assert.equal(desk?.fallback, true);
    assert.equal(desk?.phones[0]?.value.shown, '0572 46161');
    assert.deepEqual(desk?.inbox, { address: 'comunevillabasilica@pcert.it', kind: 'pec' });
  });

  it('tells own inbox, protocol office and PEC apart, and gives lines none', () => {
    const kindOf = (id: string) => directory.desk(id)?.inbox?.kind;
    assert.equal(kindOf('lucca-segretariato-orsetti'), 'desk');
    assert.equal(kindOf('pescaglia-servizi-sociali'), 'protocol');
    assert.equal(kindOf('lucca-ufficio-casa'), 'protocol');
    assert.equal(kindOf('capannori-sportello-sociale'), 'pec');
    assert.equal(kindOf('emergency-112'), undefined);
    assert.equal(kindOf('cup'), undefined);
  });

  it('reaches the punto insieme of Porcari through the sportello of Porcari', () => {
    const through = directory.desk('porcari-punto-insieme');
    const sportello = directory.desk('porcari-segretariato');
    assert.equal(through?.service, 'punto_insieme');
    assert.deepEqual(through?.phones, sportello?.phones);
    assert.deepEqual(through?.hours, sportello?.hours);
    assert.match(through?.name ?? '', /^Punto Insieme/);
  });

  it('sends to the sportello of the person’s own comune where a network goes through it', () => {
    const desk = directory.desks('foster_centre', 'altopascio')[0];
    assert.deepEqual(desk?.phones, directory.desk('altopascio-ufficio-sociale')?.phones);
    assert.deepEqual(desk?.serves, ['altopascio']);
  });

  it('puts the main desk first and the local one before the far one', () => {
    assert.equal(directory.desks('segretariato', 'capannori')[0]?.near, undefined);
    assert.ok(directory.desks('segretariato', 'capannori')[1]?.near?.includes('Marlia'));
    assert.equal(directory.desks('employment_centre', 'porcari')[0]?.id, 'cpi-altopascio');
  });

  it('calls short numbers as they are', () => {
    const uris = ['emergency-112', 'violence-1522', 'child-line-19696', 'missing-children-116000', 'medical-116117'];
    assert.deepEqual(
      uris.map((id) => directory.desk(id)?.phones[0]?.value.uri),
      ['tel:112', 'tel:1522', 'tel:19696', 'tel:116000', 'tel:116117'],
    );
    assert.equal(directory.desk('telefono-amico')?.phones[0]?.value.uri, 'tel:+390223272327');
  });

  it('never gives the street of the centro antiviolenza', () => {
    assert.equal(directory.desks('anti_violence_centre', 'lucca')[0]?.address, undefined);
    assert.doesNotMatch(readFileSync(new URL('directory/network.yaml', ROOT), 'utf8'), /ungaretti/i);
  });

  it('names the reserved emergency service in no directory file and in no text', () => {
    for (const { path, text } of [...textsUnder('directory'), ...textsUnder('locales')]) {
      assert.doesNotMatch(text, /\bseus\b/i, path);
    }
  });

  it('holds no number that was replaced or that may not be active', () => {
    const digits = textsUnder('directory').map(({ text }) => text.replaceAll(/(?<=\d) (?=\d)/g, ''));
    for (const old of ['800593388', '800662999', '3480821803', '05846167', '0583430938', '800632000', '800901010']) {
      for (const text of digits) assert.ok(!text.includes(old), old);
    }
  });

  it('switches the disability path on 1 January 2027, in Rome', () => {
    const eve = new Date('2026-12-31T22:59:00Z');
    const year = new Date('2026-12-31T23:00:00Z');
    assert.equal(directory.measure('disability-path-2026', eve)?.id, 'disability-path-2026');
    assert.equal(directory.measure('disability-path-2027', eve), undefined);
    assert.equal(directory.measure('disability-path-2026', year), undefined);
    assert.equal(directory.measure('disability-path-2027', year)?.confirm, false);
    assert.equal(directory.measure('carta-acquisti', eve), undefined);
    assert.equal(directory.measure('adi', eve)?.link, 'https://www.lavoro.gov.it/adi');
  });

  it('knows the frazioni, homonyms and shortenings included', () => {
    const named = (text: string) =>
      directory
        .frazioni()
        .filter(({ name, aliases }) => name === text || aliases.includes(text))
        .map(({ comune }) => comune);
    assert.deepEqual(named('Marlia'), ['capannori']);
    assert.deepEqual(named('San Leonardo'), ['capannori']);
    assert.deepEqual(named('Piaggione'), ['lucca']);
    assert.deepEqual(named('Badia Pozzeveri'), ['altopascio']);
    assert.deepEqual(new Set(named('Colognora')), new Set(['capannori', 'villa_basilica', 'pescaglia']));
    assert.deepEqual(named('San Martino in Freddana'), ['pescaglia']);
    for (const [cap, comune] of Object.entries({
      55100: 'lucca',
      55012: 'capannori',
      55016: 'porcari',
      55019: 'villa_basilica',
    })) {
      assert.deepEqual(named(cap), [comune]);
    }
    assert.ok(directory.frazioni().length > 150);
  });

  it('publishes a schema that lists the services and comuni of the flows', () => {
    assert.equal(schema.$schema, 'https://json-schema.org/draft/2020-12/schema');
    assert.deepEqual(schema.$defs.serviceKey.enum, [...SERVICES]);
    assert.deepEqual(schema.$defs.comuneId.enum, [...COMUNI]);
  });
});
