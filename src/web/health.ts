import { Router } from 'express';
import type { Deps } from '../deps.js';

/** For load balancers and systemd: alive, and able to answer. */
export function healthRouter({ db }: Deps): Router {
  const router = Router();
  router.get('/healthz', (_req, res) => {
    res.type('text').send('ok');
  });
  router.get('/readyz', async (_req, res) => {
    const ready = await db.query('SELECT 1').then(
      () => true,
      () => false,
    );
    res
      .status(ready ? 200 : 503)
      .type('text')
      .send(ready ? 'ready' : 'database unreachable');
  });
  return router;
}
