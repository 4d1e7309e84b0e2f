import type { AppDeps } from '../../app.js';
import { can, get, post, type Route } from '../../web/routes.js';
import { filesUpload } from '../../web/uploads.js';
import { letterPages } from './letters.pages.js';
import { numberPages } from './numbers.pages.js';
import { letterPaperPages } from './papers.pages.js';
import { letterSettingsPages } from './settings.pages.js';
import { signedLimits } from './signed.service.js';
import { letterTextPages } from './text.pages.js';

const reads = can('office.read');
const writes = can('invitation.edit');
const approves = can('letter.approve');

export function invitationLetterRoutes(deps: AppDeps): Route[] {
  const pages = letterPages(deps);
  const text = letterTextPages(deps);
  const papers = letterPaperPages(deps);
  const settings = letterSettingsPages(deps);
  const numbers = numberPages(deps);
  const list = '/events/:id/letters';
  const one = `${list}/:letterId`;
  return [
    get('/settings/letters', can('office.settings'), settings.show),
    post('/settings/letters', can('office.settings'), settings.save),
    get('/settings/numbers', reads, numbers.show),
    post('/settings/numbers', writes, numbers.note),
    post('/settings/numbers/:id/removal', writes, numbers.takeBack),

    get(list, reads, pages.list),
    post(list, writes, pages.begin),
    get(one, reads, pages.show),
    get(`${one}/text`, writes, text.show),
    post(`${one}/text`, writes, text.save),
    post(`${one}/to-all`, writes, text.toAll),
    post(`${one}/submission`, writes, pages.submit),
    post(`${one}/return`, approves, pages.giveBack),
    post(`${one}/approval`, approves, pages.approve),
    post(`${one}/reopening`, writes, pages.reopen),
    post(`${one}/number`, writes, pages.number),
    post(`${one}/number/removal`, writes, pages.release),
    post(`${one}/signed`, writes, pages.sign, filesUpload(deps.files, 'file', signedLimits)),
    post(`${one}/signed/removal`, writes, pages.removeSigned),
    post(`${one}/issuance`, writes, pages.issue),
    post(`${one}/removal`, writes, pages.discard),

    get(`${one}/surat.pdf`, reads, papers.letter),
    get(`${one}/untuk-ditandatangani.pdf`, writes, papers.toSign),
    get(`${one}/bertanda-tangan.pdf`, reads, papers.signed),
    get(`${one}/surat.docx`, writes, papers.word),
    get(`${one}/semua.pdf`, writes, papers.all),
    get(`${one}/konfirmasi.pdf`, writes, papers.sheets),
    get(`${one}/invitations/:invitationId/surat.pdf`, writes, papers.own),
    get(`${one}/invitations/:invitationId/konfirmasi.pdf`, writes, papers.sheet),
  ];
}
