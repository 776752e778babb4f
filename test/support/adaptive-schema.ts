// The part of Adaptive Cards 1.3 (and 1.5, for right-to-left) that our cards use, closed: what is not here is refused.
// Made by hand after the official schema, which is in no package; how a card looks is left to Web Chat's own test.
import { Ajv } from 'ajv';

const spacing = { enum: ['None', 'Small', 'Default', 'Medium', 'Large', 'ExtraLarge', 'Padding'] };
const closed = (type: string, properties: object, required: string[]): object => ({
  type: 'object',
  properties: { type: { const: type }, ...properties },
  required: ['type', ...required],
  additionalProperties: false,
});

const run = closed(
  'TextRun',
  {
    text: { type: 'string', minLength: 1 },
    weight: { enum: ['Default', 'Lighter', 'Bolder'] },
    size: { enum: ['Default', 'Small', 'Medium', 'Large', 'ExtraLarge'] },
    color: { enum: ['Default', 'Dark', 'Light', 'Accent', 'Good', 'Warning', 'Attention'] },
    isSubtle: { type: 'boolean' },
  },
  ['text'],
);
const richText = closed('RichTextBlock', { spacing, inlines: { type: 'array', items: run, minItems: 1 } }, ['inlines']);
const container = closed(
  'Container',
  { spacing, separator: { type: 'boolean' }, items: { type: 'array', items: richText, minItems: 1 } },
  ['items'],
);
const openUrl = closed(
  'Action.OpenUrl',
  { title: { type: 'string', minLength: 1 }, url: { type: 'string', pattern: '^(https|tel|mailto):' } },
  ['title', 'url'],
);
const actions = closed('ActionSet', { spacing, actions: { type: 'array', items: openUrl, minItems: 1, maxItems: 5 } }, [
  'actions',
]);
const card = (version: string, more: object): object =>
  closed(
    'AdaptiveCard',
    {
      $schema: { const: 'http://adaptivecards.io/schemas/adaptive-card.json' },
      version: { const: version },
      lang: { type: 'string', pattern: '^[a-z]{2,3}$' },
      fallbackText: { type: 'string', minLength: 1 },
      speak: { type: 'string', minLength: 1 },
      body: { type: 'array', items: { anyOf: [container, actions] } },
      ...more,
    },
    ['$schema', 'version', 'body', 'fallbackText', 'speak', 'lang'],
  );

const check = new Ajv().compile({ anyOf: [card('1.3', {}), card('1.5', { rtl: { const: true } })] });

/** What is wrong with it; empty where it is an Adaptive Card. */
export function faultsOfCard(content: unknown): string[] {
  return check(content) ? [] : (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** Every line that a card shows, and the addresses that its buttons open, in order. */
export function readCard(content: unknown): { lines: string[]; urls: string[] } {
  const lines: string[] = [];
  const urls: string[] = [];
  JSON.stringify(content, (key, value: unknown) => {
    const found = key === 'text' ? lines : key === 'url' ? urls : undefined;
    if (typeof value === 'string') found?.push(value);
    return value;
  });
  return { lines, urls };
}
