/** A table as a file for a spreadsheet. */

/** Quoted (RFC 4180), with a byte-order mark: without it Excel takes the words for Shift_JIS. Nothing is a formula to run. */
export function csv(rows: readonly (readonly string[])[]): string {
  return `\u{feff}${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}

function cell(value: string): string {
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return `"${harmless.replaceAll('"', '""')}"`;
}
