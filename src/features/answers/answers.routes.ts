import { Router } from 'express';
import type { AppDeps } from '../../app.js';
import { honestBody } from '../../web/honest-body.js';
import { readUpload } from '../../web/mount.js';
import { filesUpload } from '../../web/uploads.js';
import { letterLimits } from '../assignment-letters/letters.service.js';
import { answerPages } from './answers.pages.js';
import { delegatePages } from './delegate.pages.js';
import { invitationLetterPages } from './invitation-letter.pages.js';
import { letterLinkPages } from './letter.pages.js';
import { recordLinkPages } from './record.pages.js';
import { showAnswer } from './showing.pages.js';

/** Pages behind a secret link: they open no session, and GET changes nothing (rules.md 24 and 25). */
export function answerRouter(deps: AppDeps): Router {
  const show = showAnswer(deps);
  const answer = answerPages(deps, show);
  const letter = letterLinkPages(deps, show);
  const invitationLetter = invitationLetterPages(deps);
  const record = recordLinkPages(deps);
  const upload = readUpload(filesUpload(deps.files, 'file', letterLimits));
  const delegate = delegatePages(deps);
  const router = Router();
  router.get('/u', answer.askCode);
  router.post('/u', answer.enterCode);
  router.get('/u/:token', answer.show);
  router.get('/u/:token/calendar.ics', delegate.calendar);
  router.get('/u/:token/logo', delegate.logo);
  router.get('/u/:token/notula.pdf', delegate.minutes);
  router.get('/u/:token/undangan.pdf', invitationLetter.letter);
  router.get('/u/:token/konfirmasi.pdf', invitationLetter.sheet);
  // Old phones ask again, by GET, for the page that a form once answered with.
  const acts = ['answer', 'calendar', 'delegates/*rest', 'letter', 'letter/removal', 'record/confirmation'];
  router.get(
    acts.map((act) => `/u/:token/${act}`),
    answer.backToPage,
  );
  router.post('/u/:token/answer', answer.answer);
  router.post('/u/:token/delegates/:delegateId', answer.rename);
  router.post('/u/:token/delegates/:delegateId/known', answer.sendKnown);
  router.post('/u/:token/delegates/:delegateId/return', answer.giveBack);
  router.post('/u/:token/calendar', answer.renewCalendar);
  router.get('/u/:token/letter/file', letter.file);
  router.post('/u/:token/letter', letter.mustOpen, upload, honestBody, letter.handIn);
  router.post('/u/:token/letter/removal', letter.remove);
  router.get('/u/:token/record', record.show);
  router.post('/u/:token/record', record.propose);
  router.post('/u/:token/record/confirmation', record.confirm);
  router.get('/d/:token', delegate.show);
  router.get('/d/:token/notula.pdf', delegate.delegateMinutes);
  router.get('/d/:token/qr.svg', delegate.qr);
  router.get('/d/:token/calendar.ics', delegate.delegateCalendar);
  return router;
}
