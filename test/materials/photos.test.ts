import { afterAll, beforeAll, expect, test } from '@jest/globals';
import sharp from 'sharp';
import { openDesk, pdf, type Desk } from './support.js';

let desk: Desk;
let eventId: number;
beforeAll(async () => {
  desk = await openDesk();
  ({ eventId } = await desk.scene());
});
afterAll(() => desk.app.close());

const page = () => `/events/${eventId}/photos`;

/** A landscape photo lying on its side, with place and camera in it; each colour is another photo. */
const photo = (red: number): Promise<Buffer> =>
  sharp({ create: { width: 600, height: 400, channels: 3, background: { r: red, g: 90, b: 90 } } })
    .withExif({
      IFD0: { Make: 'Kamera Rahasia', Orientation: '6' },
      IFD3: {
        GPSLatitude: '3/1 19/1 0/1',
        GPSLatitudeRef: 'S',
        GPSLongitude: '114/1 35/1 0/1',
        GPSLongitudeRef: 'E',
      },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();

const send = (files: { name: string; content: Buffer }[], event = eventId) =>
  desk.upload(`/events/${event}/photos`, files, {}, { field: 'photos' });

const photos = (event = eventId) =>
  desk.rows<{ id: number; width: number; height: number; version: number }>(
    'SELECT id, width, height, version FROM photo WHERE event_id = $1 ORDER BY id',
    [event],
  );

test('a photo is turned upright, and nothing but the picture is kept', async () => {
  const given = await photo(10);
  expect((await sharp(given).metadata()).exif?.includes('Kamera Rahasia')).toBe(true);
  expect((await send([{ name: 'IMG_0001.jpg', content: given }])).status).toBe(303);
  const [one] = await photos();
  expect([one?.width, one?.height]).toEqual([400, 600]);
  for (const which of ['picture', 'thumbnail']) {
    const kept = await desk.secretary.getBytes(`${page()}/${one?.id}/${which}`);
    const { exif, orientation, icc, xmp, iptc } = await sharp(kept).metadata();
    expect([exif, orientation, icc, xmp, iptc]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(kept.includes('Kamera')).toBe(false);
  }
  const reply = await desk.secretary.get(`${page()}/${one?.id}/thumbnail`);
  expect(reply.headers['cache-control']).toBe('private, max-age=31536000, immutable');
  expect([reply.headers['content-type'], reply.headers['content-disposition']]).toEqual([
    'image/jpeg',
    undefined,
  ]);
});

test('the same photo twice is one, and the office is told', async () => {
  const again = await photo(10);
  const reply = await send([
    { name: 'IMG_0001.jpg', content: again },
    { name: 'IMG_0002.jpg', content: await photo(60) },
  ]);
  expect(reply.status).toBe(303);
  expect((await photos()).length).toBe(2);
  expect((await desk.secretary.get(page())).text).toContain('1 foto ditambahkan; 1 sudah ada.');
});

test('what is no photo is refused and named, and nothing of the others stays', async () => {
  const before = [await photos(), await desk.stored()];
  const bad = [
    { name: 'dokumen.jpg', content: pdf() },
    { name: 'rusak.jpg', content: (await photo(99)).subarray(0, 300) },
    { name: 'gambar.svg', content: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>') },
  ];
  for (const one of bad) {
    const reply = await send([{ name: 'baik.jpg', content: await photo(120) }, one]);
    expect([reply.status, reply.text.includes(one.name)]).toEqual([422, true]);
  }
  expect([await photos(), await desk.stored()]).toEqual(before);
  expect((await send([])).status).toBe(422);
});

test('a caption and a place are kept; a second writer is told', async () => {
  const [one] = await photos();
  const form = { caption: 'Pembukaan oleh kepala dinas', sort: '3', version: '1' };
  const path = `${page()}/${one?.id}`;
  expect((await desk.secretary.post(path, form, page())).status).toBe(303);
  const late = await desk.secretary.post(path, { ...form, caption: 'Lain' }, page());
  expect([late.status, late.text.includes('Tersimpan sekarang: Pembukaan oleh kepala dinas')]).toEqual([
    422,
    true,
  ]);
  const audit = await desk.rows(`SELECT fields FROM audit_entry WHERE action = 'photo.changed'`);
  expect(audit).toEqual([{ fields: ['caption', 'sort'] }]);
});

test('a removed photo is gone from the disk, unless another event shows it', async () => {
  const [one, other] = [await desk.scene(), await desk.scene()];
  const content = await photo(200);
  const before = await desk.stored();
  for (const { eventId: event } of [one, other]) await send([{ name: 'sama.jpg', content }], event);
  expect((await desk.stored()).length).toBe(before.length + 2);
  for (const [{ eventId: event }, left] of [
    [one, 2],
    [other, 0],
  ] as const) {
    const [{ id }] = (await photos(event)) as unknown as [{ id: number }];
    const list = `/events/${event}/photos`;
    expect((await desk.secretary.post(`${list}/${id}/removal`, {}, list)).status).toBe(303);
    expect(await photos(event)).toEqual([]);
    expect((await desk.stored()).length).toBe(before.length + left);
  }
  const known = await desk.rows('SELECT sha256 FROM stored_file');
  expect(known.length).toBe(before.length);
});
