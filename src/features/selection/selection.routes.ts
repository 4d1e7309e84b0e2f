import type { AppDeps } from '../../app.js';
import { can, get, post, type Route } from '../../web/routes.js';
import { runPages } from './runs.pages.js';
import { selectionPages } from './selection.pages.js';
import { simulationPages } from './simulation.pages.js';

export function selectionRoutes(deps: AppDeps): Route[] {
  const pages = selectionPages(deps);
  const runs = runPages(deps);
  const simulation = simulationPages(deps);
  const at = '/events/:id/selection';
  const run = `${at}/runs/:runId`;
  return [
    get(at, can('office.read'), pages.show),
    post(at, can('quota.edit'), pages.save),
    post(`${at}/musts`, can('quota.edit'), pages.must),
    post(`${at}/musts/:institutionId/removal`, can('quota.edit'), pages.dropMust),
    post(`${at}/decision`, can('quota.edit'), pages.decide),
    get(`${at}/simulation`, can('office.read'), simulation.show),
    get(run, can('office.read'), runs.show),
    get(`${run}/berita-acara.pdf`, can('office.read'), runs.paper),
    get(`${run}/pemilihan.xlsx`, can('office.read'), runs.sheet),
    post(`${run}/changes`, can('quota.edit'), runs.change),
  ];
}
