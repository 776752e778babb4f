// Colours that a clerk may choose, kept readable: how far two colours stand from each other, by the rule of WCAG 2.2.
// Where they are used is left to the pages.

/** What the pages put behind and above the chosen colour; the colour must be readable on all of them. */
export const GROUNDS = { light: ['#ffffff', '#f0f5fa'], dark: ['#1a2d40', '#0f1e2d'] } as const;
export const LEAST_CONTRAST = 4.5;

/** Red, green, blue, 0 to 255, of `#rrggbb`. */
function channels(colour: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = channels(colour).map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** 1 (the same) to 21 (black on white). */
export function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** The same colour with so much of its light left, 0 to 1. */
export function darker(colour: string, left: number): string {
  const parts = channels(colour).map((value) =>
    Math.round(value * left)
      .toString(16)
      .padStart(2, '0'),
  );
  return `#${parts.join('')}`;
}
