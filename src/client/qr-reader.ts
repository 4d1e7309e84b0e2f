import { BarcodeDetector, prepareZXingModule } from 'barcode-detector/ponyfill';

/** Reads QR codes with our own copy of ZXing: nothing is fetched from outside. @param wasm its address */
export function makeReader(wasm: string): {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
} {
  prepareZXingModule({ overrides: { locateFile: () => wasm } });
  return new BarcodeDetector({ formats: ['qr_code'] });
}
