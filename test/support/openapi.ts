// docs/openapi.yaml as a judge: which operation a request was for, and whether its answer is one that the file tells of.
// What is asked is left to the tests.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { isRecord } from '../../adapters/web/http.ts';

const METHODS = ['get', 'post'];
type Json = Record<string, unknown>;

export interface Contract {
  document: Json;
  /** `post /carta/{link}`, in the order of the file. */
  operations: string[];
  /** Statuses of one operation. */
  statuses(operation: string): string[];
  /** The operation that answers this; fails where there is none. */
  operationOf(method: string, path: string): string;
  /** Fails where this status, kind of content or body is not in the file. */
  judge(operation: string, answer: { status: number; contentType: string | null; text: string }): void;
}

export function readContract(): Contract {
  const document: unknown = parse(readFileSync(new URL('../../docs/openapi.yaml', import.meta.url), 'utf8'));
  assert.ok(isRecord(document));
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  ajv.addSchema(document, 'openapi');
  const paths = at(document, 'paths');
  const found = new Map<string, Json>();
  for (const [path, item] of Object.entries(paths))
    for (const method of METHODS)
      if (isRecord(item) && isRecord(item[method])) found.set(`${method} ${path}`, item[method]);
  const responsesOf = (operation: string): Json => at(found.get(operation) ?? assert.fail(operation), 'responses');
  const resolve = (value: unknown): { value: Json; pointer: string | undefined } => {
    assert.ok(isRecord(value));
    const pointer = value['$ref'];
    if (typeof pointer !== 'string') return { value, pointer: undefined };
    const target = pointer.slice(2).split('/').reduce(at, document);
    return { value: target, pointer };
  };
  return {
    document,
    operations: [...found.keys()],
    statuses: (operation) => Object.keys(responsesOf(operation)),
    // The most particular one, as OpenAPI has it.
    operationOf: (method, path) =>
      [...found.keys()]
        .filter((key) => key.startsWith(`${method} `) && patternOf(key.slice(method.length + 1)).test(path))
        .sort((one, other) => literal(other) - literal(one))[0] ??
      assert.fail(`${method} ${path} is in no line of docs/openapi.yaml`),
    judge(operation, { status, contentType, text }) {
      const described = responsesOf(operation)[String(status)];
      assert.ok(described !== undefined, `${operation}: ${status} is not documented: ${text.slice(0, 200)}`);
      const { value, pointer } = resolve(described);
      if (!isRecord(value['content'])) return;
      const kind = contentType?.split(';')[0] ?? 'nothing';
      const content = value['content'][kind];
      assert.ok(isRecord(content), `${operation} ${status}: ${kind} is not documented`);
      if (kind !== 'application/json') return;
      const base =
        pointer ?? pointerTo(['paths', operation.split(' ')[1], operation.split(' ')[0], 'responses', status]);
      const schema = `openapi${base}${pointerTo(['content', kind, 'schema']).slice(1)}`;
      const validate = ajv.getSchema(schema) ?? assert.fail(`no schema ${schema}`);
      assert.ok(validate(JSON.parse(text)), `${operation} ${status}: ${ajv.errorsText(validate.errors)}`);
    },
  };
}

function at(value: Json, key: string): Json {
  const found = value[key];
  assert.ok(isRecord(found), `no ${key}`);
  return found;
}

function pointerTo(parts: unknown[]): string {
  return `#${parts.map((part) => `/${encodeURIComponent(String(part).replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('')}`;
}

function literal(operation: string): number {
  return operation.replaceAll(/\{\w+\}/g, '').length;
}

/** A parameter that is the last part takes the rest of the path. */
export function patternOf(template: string): RegExp {
  const parts = template.split(/(\{\w+\})/).map((part) => {
    if (!/^\{\w+\}$/.test(part)) return part.replace(/[.*+?^$|()[\]\\]/g, '\\$&');
    return part === '{link}' || part === '{name}' ? '.+' : '[^/]+';
  });
  return new RegExp(`^${parts.join('')}$`);
}
