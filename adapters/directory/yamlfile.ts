// Reads one YAML file and remembers on which line everything stands, so that a problem can name it.
// What a file must hold is left to validate.ts.
import { isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
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

function lineOf(document: Document, counter: LineCounter, path: Path): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    const key = path[length];
    if (isMap(node) && typeof key === 'string') {
      const pair = node.items.find((item) => isScalar(item.key) && item.key.value === key);
      if (pair && isNode(pair.key) && pair.key.range) return counter.linePos(pair.key.range[0]).line;
    }
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
