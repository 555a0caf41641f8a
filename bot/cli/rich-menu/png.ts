/** SVG → PNG, which says in itself what it was drawn from. */
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** This machine has no letters for the words. */
export class LettersMissing extends Error {}

/** With the letters of this machine. Rejects where the renderer, a development package, is not installed, and with `LettersMissing`. */
export async function drawPng(svg: string): Promise<Buffer> {
  const { Resvg } = await import('@resvg/resvg-js');
  const draw = (drawn: string) => new Resvg(drawn, { font: { loadSystemFonts: true } }).render();
  const drawing = draw(svg);
  // What it has no letters for, the renderer leaves out and says nothing.
  const wordless = draw(svg.replace(/<text .*<\/text>/g, ''));
  if (drawing.pixels.equals(wordless.pixels)) throw new LettersMissing();
  return withSource(drawing.asPng(), svg);
}

/** A text chunk before the last one (PNG specification, 11.3.4.3). */
function withSource(png: Buffer, svg: string): Buffer {
  const text = Buffer.from(`tEXt${keyword}\0${fingerprint(svg)}`, 'latin1');
  const chunk = Buffer.alloc(4 + text.length + 4);
  chunk.writeUInt32BE(text.length - 4, 0);
  text.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(text), 4 + text.length);
  return Buffer.concat([png.subarray(0, -endLength), chunk, png.subarray(-endLength)]);
}

/** Whether the picture was drawn from that very SVG. */
export function isDrawnFrom(png: Buffer, svg: string): boolean {
  return png.includes(Buffer.from(`tEXt${keyword}\0${fingerprint(svg)}`, 'latin1'));
}

const keyword = 'Source';
/** IEND: length, name, checksum. */
const endLength = 12;

function fingerprint(svg: string): string {
  return createHash('sha256').update(svg).digest('hex').slice(0, 16);
}
