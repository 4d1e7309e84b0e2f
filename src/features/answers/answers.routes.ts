import { Router } from 'express';
import type { AppDeps } from '../../app.js';

export function answerRouter(_deps: AppDeps): Router {
  return Router();
}
