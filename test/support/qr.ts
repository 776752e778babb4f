// Reads a QR code back as a telephone does: from the picture alone.
// Which codes are read, and how they are printed, is left to the tests.
import jsQR from 'jsqr';

/** What the code of a page says: its SVG drawn with so many dots for each module. Undefined where it cannot be read. */
export function readQr(page: string, dots = 4): string | undefined {
  const [, size = ''] = /<svg[^>]*class="qr"[^>]*viewBox="0 0 (\d+) /.exec(page) ?? [];
  const [, path = ''] = /<path\s+d="([^"]+)"\s+fill="#000"/.exec(page) ?? [];
  const width = Number(size) * dots;
  const pixels = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, x = '', y = '', run = ''] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g))
    for (let row = Number(y) * dots; row < (Number(y) + 1) * dots; row += 1)
      for (let column = Number(x) * dots; column < (Number(x) + Number(run)) * dots; column += 1)
        pixels.fill(0, (row * width + column) * 4, (row * width + column) * 4 + 3);
  return readPixels(pixels, width, width);
}

/** Red, green, blue and opacity of each dot, row by row. */
export function readPixels(pixels: Uint8ClampedArray, width: number, height: number): string | undefined {
  return jsQR.default(pixels, width, height)?.data;
}
