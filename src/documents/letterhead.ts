import type { Content, TableCell } from 'pdfmake/interfaces.js';

/** What an office prints at the head of its papers. */
export interface Letterhead {
  /** Top down: "PEMERINTAH PROVINSI …", "DINAS SOSIAL". */
  lines: string[];
  /** Street, telephone and e-mail in one line, smaller. */
  address: string;
  /** PNG. */
  logo: Buffer | undefined;
}

const logoWidth = 58;

const rule = (width: number, y: number, thickness: number) => ({
  type: 'line' as const,
  x1: 0,
  x2: width,
  y1: y,
  y2: y,
  lineWidth: thickness,
});

/**
 * The kop: logo at the left, lines centred, a double rule below (domain.md).
 * @param width of the text in points; 467 on upright A4 with our margins
 */
export function letterhead({ lines, address, logo }: Letterhead, width = 467): Content[] {
  const words = [
    ...lines.map((text, index) => ({
      text,
      bold: true,
      fontSize: index === 0 && lines.length > 1 ? 13 : 15,
      alignment: 'center' as const,
    })),
    {
      text: address,
      fontSize: 9.5,
      alignment: 'center' as const,
      margin: [0, 2, 0, 0] as [number, number, number, number],
    },
  ];
  const picture = logo && `data:image/png;base64,${logo.toString('base64')}`;
  return [
    {
      columns: [
        picture ? { image: picture, fit: [logoWidth, 70], width: logoWidth } : { text: '', width: 0 },
        { stack: words, width: '*' },
        { text: '', width: picture ? logoWidth : 0 },
      ],
    },
    { canvas: [rule(width, 6, 2.2), rule(width, 9.5, 0.7)], margin: [0, 0, 0, 12] },
  ];
}

export interface Signature {
  /** "Mengetahui,", "Notulis," or a place with its date. */
  above: string;
  /** "a.n. Kepala Dinas Sosial", and further lines of the office held. */
  position: string;
  name: string;
  /** "Pembina Tk. I" and "NIP 1970…", whatever there is. */
  below: string[];
}

/** Signature blocks side by side, with room to sign; the names stand on one line. Never parted by the end of a page. */
export function signatures(blocks: Signature[]): Content {
  const row = (cell: (block: Signature) => Content) =>
    blocks.map((block): TableCell => ({ stack: [cell(block)], alignment: 'center' }));
  return {
    unbreakable: true,
    margin: [0, 18, 0, 0],
    layout: 'noBorders',
    table: {
      widths: blocks.map(() => '*'),
      body: [
        row(({ above, position }) => ({ stack: [above, position].filter(Boolean) })),
        row(({ name }) => ({ text: name || '………………………………', bold: true, margin: [0, 46, 0, 0] })),
        row(({ below }) => ({ stack: below })),
      ],
    },
  };
}
