// Which SVG drawings a comune may have as its logo: shapes and colours, and nothing else. What is not known is not let in.
// Where the file lies and how its fault is told is left to brand.ts.

const words = (text: string): Set<string> => new Set(text.split(/\s+/));

const ELEMENTS = words(
  `svg g defs title desc path rect circle ellipse line polyline polygon
   linearGradient radialGradient stop clipPath`,
);
const ATTRIBUTES = words(
  `xmlns xmlns:xlink xml:space version id role focusable aria-label aria-hidden viewBox preserveAspectRatio style
   width height x y x1 y1 x2 y2 cx cy r rx ry fx fy d points pathLength transform color opacity display visibility
   fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-miterlimit
   stroke-dasharray stroke-dashoffset clip-path clip-rule clipPathUnits enable-background overflow
   gradientUnits gradientTransform spreadMethod offset stop-color stop-opacity`,
);
/** A prefix of one's own could make any element of any name: there is none. */
const NAMESPACES: Record<string, string> = {
  xmlns: 'http://www.w3.org/2000/svg',
  'xmlns:xlink': 'http://www.w3.org/1999/xlink',
};

const PROLOG =
  /^\uFEFF?\s*(?:<\?xml version=["']1\.0["'](?: encoding=["']utf-8["'])?(?: standalone=["']\w+["'])?\s*\?>)?/i;
const COMMENT = /^<!--(?:(?!--)[^])*-->/;
const TAG = /^<\/?([A-Za-z]+)((?:\s+[A-Za-z][\w:-]*\s*=\s*(?:"[^"<&]*"|'[^'<&]*'))*)\s*\/?>/;
const ATTRIBUTE = /([A-Za-z][\w:-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
/** What may be called in a value; an address only within the drawing. */
const CALLS = /\b(?:matrix|translate|scale|rotate|skewX|skewY|rgba?|hsla?)\(|url\(#[\w-]+\)/g;

/** The first element or attribute in it that is no plain drawing, as it stands there; undefined: there is none. */
export function faultOfDrawing(svg: string): string | undefined {
  let rest = svg.replace(PROLOG, '');
  while (rest !== '') {
    const plain = /^[^<]+/.exec(rest) ?? COMMENT.exec(rest);
    const tag = plain ? undefined : TAG.exec(rest);
    const [seen] = plain ?? tag ?? [];
    const fault = tag && faultOfTag(tag);
    if (seen === undefined || fault !== undefined) return fault ?? /^<[^\s>]*/.exec(rest)?.[0];
    rest = rest.slice(seen.length);
  }
  return undefined;
}

function faultOfTag([, element = '', attributes = '']: RegExpExecArray): string | undefined {
  if (!ELEMENTS.has(element)) return `<${element}`;
  const all = [...attributes.matchAll(ATTRIBUTE)];
  return all.find(([, name = '', one, other]) => !mayStand(name, one ?? other ?? ''))?.[1];
}

/** Styles may spell a word with backslashes: none is read. */
function mayStand(name: string, value: string): boolean {
  if (!ATTRIBUTES.has(name)) return false;
  if (name.startsWith('xmlns')) return value === NAMESPACES[name];
  return name === 'aria-label' || !/[\\(@]/.test(value.replace(CALLS, ''));
}
