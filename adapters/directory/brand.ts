// How a comune presents itself: its name, colours, logo, ways in. Choices of presentation, no facts: they carry no source.
// Each mistake is said with file, line and mend; what the pages make of it is left to adapters/web/pages/brand.ts.
import type { Brand, Desk } from '../../bot/ports.ts';
import { contrast, GROUNDS, LEAST_CONTRAST } from './colour.ts';
import { faultOfDrawing } from './drawing.ts';
import type { BrandEntry, ComuneFile } from './shape.ts';
import type { YamlFile } from './yamlfile.ts';

const LARGEST_LOGO = 32 * 1024;
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** A file of `directory/logos/`; undefined where there is none. */
export type ReadLogo = (file: string) => Buffer | undefined;

export function checkBrand({ brand, chat }: ComuneFile, file: YamlFile, desks: Desk[], comune: string): string[] {
  const problems = (['light', 'dark'] as const).flatMap((theme) => {
    const colour = brand?.primary?.[theme];
    if (!colour) return [];
    const worst = Math.min(...GROUNDS[theme].map((ground) => contrast(colour, ground)));
    if (worst >= LEAST_CONTRAST) return [];
    const mend = theme === 'light' ? 'choose a darker colour' : 'choose a lighter colour';
    const seen = `"${colour}" is too hard to read (${worst.toFixed(1)}:1, at least ${LEAST_CONTRAST}:1)`;
    return [file.problem(['brand', 'primary', theme], `${seen}; ${mend}`)];
  });
  const opens = desks.some(
    ({ id, service, serves }) =>
      id === chat?.desk && service === 'segretariato' && serves.some((one) => one === comune),
  );
  if (chat?.desk !== undefined && !opens)
    problems.push(
      file.problem(['chat', 'desk'], `"${chat.desk}" is not a segretariato of this comune; write the id of one`),
    );
  return problems;
}

export function checkLogo({ brand }: ComuneFile, file: YamlFile, read: ReadLogo): string[] {
  const wrong = brand?.logo === undefined ? undefined : faultOf(brand.logo, read(brand.logo));
  return wrong === undefined ? [] : [file.problem(['brand', 'logo'], wrong)];
}

function faultOf(name: string, body: Buffer | undefined): string | undefined {
  if (!body) return `there is no directory/logos/${name}; put the file there`;
  if (body.length > LARGEST_LOGO) return `"${name}" is larger than 32 kB; make it smaller`;
  if (name.endsWith('.png'))
    return body.subarray(0, PNG.length).equals(PNG) ? undefined : `"${name}" is not a PNG image`;
  const text = body.toString('utf8');
  if (!/<svg[\s/>]/.test(text)) return `"${name}" is not an SVG drawing`;
  const fault = faultOfDrawing(text);
  if (fault !== undefined)
    return `"${name}" has more than shapes and colours inside ("${fault}"); save it as a plain drawing`;
  return undefined;
}

/** What the rest of the program knows of it; undefined where the comune chose nothing. */
export function toBrand({ name, primary, logo }: BrandEntry, read: ReadLogo): Brand {
  const body = logo === undefined ? undefined : read(logo);
  const type = logo?.endsWith('.png') ? ('image/png' as const) : ('image/svg+xml' as const);
  return { ...(name && { name }), ...(primary && { primary }), ...(body && { logo: { type, body } }) };
}
