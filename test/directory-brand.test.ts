// How a comune may present itself: colours that can be read, logos that do nothing, a desk of its own. Mistakes are said with their mend.
// What the pages make of it is left to pages-comuni.test.ts.
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { contrast, darker, GROUNDS } from '../adapters/directory/colour.ts';
import { loadDirectory } from '../adapters/directory/directory.ts';
import { DirectoryError } from '../bot/errors.ts';
import { COMUNI } from '../flows/types.ts';

const OWN = fileURLToPath(new URL('../directory/', import.meta.url));
const NAMESPACE = 'http://www.w3.org/2000/svg';
/** As programs for drawing write it. */
const DRAWN = `<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<!-- drawn by hand -->
<svg xmlns="${NAMESPACE}" xmlns:xlink="http://www.w3.org/1999/xlink" width="8" height='8' viewBox="0 0 8 8" role="img">
  <title>Comune d'esempio &amp; dintorni</title>
  <defs>
    <linearGradient id="g" gradientTransform="rotate(45)"><stop offset="0" stop-color="rgb(0, 77, 153)" /></linearGradient>
    <clipPath id="c"><circle cx="4" cy="4" r="4"/></clipPath>
  </defs>
  <g clip-path="url(#c)" transform="translate(1 1) scale(.5)" style="fill:url(#g);stroke:none"><path d="M0 0h8v8z"/></g>
</svg>
`;
const SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8z"/></svg>';

describe('the look of a comune', () => {
  let root: string;
  let folder: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'bussola-brand-'));
    folder = join(root, 'directory');
    cpSync(OWN, folder, { recursive: true });
    mkdirSync(join(folder, 'logos'), { recursive: true });
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const load = (yaml: string): ReturnType<typeof loadDirectory> => {
    const file = join(folder, 'porcari.yaml');
    writeFileSync(file, `${readFileSync(join(OWN, 'porcari.yaml'), 'utf8')}\n${yaml}\n`);
    return loadDirectory(pathToFileURL(folder));
  };
  const problems = (yaml: string): string => {
    try {
      load(yaml);
    } catch (error) {
      assert.ok(error instanceof DirectoryError);
      return error.problems.join('\n');
    }
    return assert.fail(`accepted: ${yaml}`);
  };
  const logo = (name: string, body: string | Buffer): string => {
    writeFileSync(join(folder, 'logos', name), body);
    return `brand: { logo: ${name} }`;
  };

  it('is nothing where nothing was chosen, and all that was chosen', () => {
    assert.equal(loadDirectory().comune('porcari').brand, undefined);
    const chosen = load(`
${logo('a.svg', SVG)}
chat: { channels: [web, text], languages: [en, it], desk: porcari-segretariato }`).comune('porcari');
    assert.equal(chosen.brand?.logo?.type, 'image/svg+xml');
    assert.deepEqual(
      [chosen.entries, chosen.languages],
      [
        ['web', 'text'],
        ['en', 'it'],
      ],
    );
  });

  it('measures contrast as WCAG does', () => {
    assert.equal(contrast('#000000', '#ffffff'), 21);
    assert.equal(contrast('#777777', '#ffffff').toFixed(2), '4.48');
    assert.equal(darker('#8040ff', 0.5), '#402080');
  });

  it('has colours that can be read: ours too', () => {
    for (const [theme, colour, mend] of [
      ['light', '#ffcc00', 'darker'],
      ['dark', '#7a1f3d', 'lighter'],
    ] as const) {
      const pair = { light: '#7a1f3d', dark: '#ffb0c4', [theme]: colour };
      const said = problems(`brand:\n  primary:\n    light: "${pair.light}"\n    dark: "${pair.dark}"`);
      assert.match(
        said,
        new RegExp(`directory/porcari\\.yaml:\\d+: brand/primary/${theme}: "${colour}" is too hard to read`),
      );
      assert.match(said, new RegExp(`at least 4\\.5:1\\); choose a ${mend} colour`));
    }
    for (const id of COMUNI)
      for (const theme of ['light', 'dark'] as const) {
        const colour = loadDirectory().comune(id).brand?.primary?.[theme];
        for (const ground of colour ? GROUNDS[theme] : []) assert.ok(contrast(colour ?? '', ground) >= 4.5, id);
      }
  });

  it('says how a colour, a language, a way in are written', () => {
    assert.match(problems('brand: { primary: { light: "red", dark: "#ffb0c4" } }'), /six hexadecimal digits/);
    assert.match(problems('brand: { primary: { light: "#7a1f3d" } }'), /must have "dark"/);
    assert.match(problems('brand: { colour: "#7a1f3d" }'), /is not a known word; use one of: name, primary, logo/);
    assert.match(problems('chat: { channels: [fax] }'), /must be one of: web, text, telegram/);
    assert.match(problems('brand: { logo: "../x.svg" }'), /a file of directory\/logos/);
  });

  it('opens a desk of its own', () => {
    for (const desk of ['nessuno', 'lucca-segretariato'])
      assert.match(problems(`chat: { desk: ${desk} }`), /is not a segretariato of this comune/);
  });

  it('has a logo that is there, small, and only a drawing', () => {
    assert.match(problems('brand: { logo: gone.svg }'), /there is no directory\/logos\/gone\.svg/);
    assert.match(problems(logo('big.svg', SVG + ' '.repeat(40_000))), /larger than 32 kB/);
    assert.match(problems(logo('fake.png', SVG)), /is not a PNG/);
    assert.match(problems(logo('text.svg', 'hello')), /is not an SVG/);
    for (const evil of [
      '<svg><script>alert(1)</script></svg>',
      '<svg onload="alert(1)"></svg>',
      '<svg><a href="https://elsewhere.example"/></svg>',
      '<svg><image href="data:image/png;base64,"/></svg>',
      '<svg><path fill="url(https://elsewhere.example/x)"/></svg>',
      '<!DOCTYPE svg [<!ENTITY x "y">]><svg/>',
      '<svg><foreignObject/></svg>',
      '<svg><style>@import "x"</style></svg>',
      '<svg:svg><svg:script/></svg:svg>\n<svg >',
      `<svg xmlns:a-b="${NAMESPACE}"><a-b:script>alert(1)</a-b:script></svg>`,
      `<svg xmlns:à="${NAMESPACE}"><à:script>alert(1)</à:script></svg>`,
      `<svg xmlns:xlink="${NAMESPACE}"><path/></svg>`,
      '<svg xmlns="http://www.w3.org/1999/xhtml"><path/></svg>',
      '<svg xmlns:xlink="http://www.w3.org/1999/xlink"><path xlink:href="#a"/></svg>',
      String.raw`<svg><rect style="fill:u\72l(https://elsewhere.example/x)"/></svg>`,
      String.raw`<svg><rect fill="u\72l(https://elsewhere.example/x)"/></svg>`,
      `<svg><rect style="background:image-set('https://elsewhere.example/x' 1x)"/></svg>`,
      '<svg><rect style="fill:url( #a)"/></svg>',
      '<svg><rect fill="&#117;rl(https://elsewhere.example/x)"/></svg>',
      '<svg><use/></svg>',
      '<svg><set attributeName="x"/></svg>',
      '<svg><!-- -- ><script/> --></svg>',
      '<svg><![CDATA[<script/>]]></svg>',
      '<?xml version="1.0" encoding="utf-7"?><svg/>',
      '<?xml-stylesheet href="x"?><svg/>',
      '<svg><path d="M0 0"',
      '<svg\x0bonload="x"/><svg/>',
    ])
      assert.match(problems(logo('evil.svg', evil)), /save it as a plain drawing/, evil);
    load(logo('fine.svg', SVG.replace('<path', '<path fill="url(#g)"')));
    load(logo('drawn.svg', DRAWN));
    load(logo('fine.png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1])));
  });
});
