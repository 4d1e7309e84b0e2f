import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { PDFiumLibrary } from '@hyzyla/pdfium';

/** A page as anybody sees it; drawn by a WebAssembly that is the same on every machine. */
export interface ReadPage {
  text: string;
  /** Grey, a byte to a pixel. */
  draw(dpi: number): Promise<Picture>;
  /** Pictures on the page, grey, in their own size. */
  pictures: Picture[];
}

export interface Picture {
  width: number;
  height: number;
  data: Uint8Array;
}

let library: Promise<PDFiumLibrary> | undefined;

async function start(): Promise<PDFiumLibrary> {
  const wasm = createRequire(import.meta.url).resolve('@hyzyla/pdfium/pdfium.wasm');
  const { buffer } = new Uint8Array(await readFile(wasm));
  return PDFiumLibrary.init({ wasmBinary: buffer });
}

const grey = async (options: { data: Uint8Array }) => options.data;

/** Opens a PDF and reads all of its pages. */
export async function readPdf(bytes: Buffer): Promise<ReadPage[]> {
  const document = await (await (library ??= start())).loadDocument(bytes);
  const pages: ReadPage[] = [];
  for (const page of document.pages()) {
    const pictures: Picture[] = [];
    for (const object of page.objects())
      if (object.type === 'image') pictures.push(await object.render({ render: (options) => grey(options) }));
    pages.push({
      text: page.getText().replace(/\r\n/g, '\n'),
      pictures,
      draw: (dpi) => page.render({ scale: dpi / 72, colorSpace: 'Gray', render: (options) => grey(options) }),
    });
  }
  return pages;
}
