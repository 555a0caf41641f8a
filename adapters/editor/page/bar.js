/** A bar of a small chart. */

/** Says nothing that the words beside it do not. @param {readonly { share: number, kind: string }[]} parts */
export function bar(parts) {
  const widths = parts.map(({ share }) => Math.round(share * 1000) / 10);
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', 'bar');
  svg.setAttribute('viewBox', '0 0 100 4');
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('aria-hidden', 'true');
  let from = 0;
  for (const [index, { kind }] of parts.entries()) {
    const rect = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
    for (const [name, value] of Object.entries({ x: from, y: 0, width: widths[index] ?? 0, height: 4, class: kind }))
      rect.setAttribute(name, String(value));
    svg.append(rect);
    from += widths[index] ?? 0;
  }
  return svg;
}
