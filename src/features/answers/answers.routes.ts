import { Router } from 'express';
import type { AppDeps } from '../../app.js';
import { answerPages } from './answers.pages.js';
import { delegatePages } from './delegate.pages.js';

/** Pages behind a secret link: they open no session, and GET changes nothing (rules.md 24 and 25). */
export function answerRouter(deps: AppDeps): Router {
  const answer = answerPages(deps);
  const delegate = delegatePages(deps);
  const router = Router();
  router.get('/u', answer.askCode);
  router.post('/u', answer.enterCode);
  router.get('/u/:token', answer.show);
  router.get('/u/:token/calendar.ics', delegate.calendar);
  router.get('/u/:token/logo', delegate.logo);
  router.get('/u/:token/notula.pdf', delegate.minutes);
  // Old phones ask again, by GET, for the page that a form once answered with.
  router.get(['/u/:token/answer', '/u/:token/delegates/*rest'], answer.backToPage);
  router.post('/u/:token/answer', answer.answer);
  router.post('/u/:token/delegates/:delegateId', answer.rename);
  router.post('/u/:token/delegates/:delegateId/return', answer.giveBack);
  router.get('/d/:token', delegate.show);
  router.get('/d/:token/notula.pdf', delegate.delegateMinutes);
  router.get('/d/:token/qr.svg', delegate.qr);
  router.get('/d/:token/calendar.ics', delegate.delegateCalendar);
  return router;
}
