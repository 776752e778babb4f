// Reads one YAML file and remembers on which line everything stands, so that a problem can name it.
// What a file must hold is left to validate.ts.
import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Document } from 'yaml';

/** A way into a file: `['services', 0, 'phones', 0]`. */
export type Path = (string | number)[];

export interface YamlFile {
  /** `directory/porcari.yaml`. */
  name: string;
  data: unknown;
  /** One problem as the editor reads it: file, line, place, what to mend. */
  problem(path: Path, message: string): string;
}

/** Line of the deepest part of `path` that is there: the line of its key, or of the item in a list. */
function lineOf(document: Document, counter: LineCounter, path: Path): number {
  for (let length = path.length; length > 0; length -= 1) {
    const key = path[length - 1];
    const parent: unknown = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const pair = isMap(parent) ? parent.items.find((item) => isScalar(item.key) && item.key.value === key) : undefined;
    const node: unknown = pair?.key ?? (isSeq(parent) && typeof key === 'number' ? parent.items[key] : undefined);
    if (isNode(node) && node.range) return counter.linePos(node.range[0]).line;
  }
  return 1;
}

/** Parses `text`; problems of syntax are returned, the file only where there are none. */
export function readYaml(name: string, text: string): { file?: YamlFile; problems: string[] } {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false });
  const problems = document.errors.map((error) => {
    const line = counter.linePos(error.pos[0]).line;
    return `${name}:${line}: not readable as YAML (${error.message}); look at the indentation and the quotes near this line`;
  });
  if (problems.length > 0) return { problems };
  let data: unknown;
  try {
    data = document.toJS({ maxAliasCount: 0 });
  } catch {
    return { problems: [`${name}:1: not readable as YAML; write every value out, without anchors and aliases`] };
  }
  const problem = (path: Path, message: string): string => {
    const at = path.length === 0 ? '' : `${path.join('/')}: `;
    return `${name}:${lineOf(document, counter, path)}: ${at}${message}`;
  };
  return { file: { name, data, problem }, problems: [] };
}
