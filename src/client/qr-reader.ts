import { BarcodeDetector, prepareZXingModule } from 'barcode-detector/ponyfill';

/**
 * Reads QR codes with our own copy of ZXing: nothing is fetched from outside. Fails when that cannot be loaded.
 * @param wasm its address
 */
export async function makeReader(wasm: string): Promise<{
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}> {
  await prepareZXingModule({ overrides: { locateFile: () => wasm }, fireImmediately: true });
  return new BarcodeDetector({ formats: ['qr_code'] });
}
