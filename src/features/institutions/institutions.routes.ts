import type { AppDeps } from '../../app.js';
import { can, get, post, type Route } from '../../web/routes.js';
import { exportRoutes } from './exports.pages.js';
import { importRoutes } from './imports.routes.js';
import { institutionPages } from './institutions.pages.js';
import { peoplePages } from './representatives.pages.js';
import { recordPages } from './record.pages.js';
import { recordCheckPages } from './record-check.pages.js';
import { proposalPages } from './proposals.pages.js';

export function institutionRoutes(deps: AppDeps): Route[] {
  const pages = institutionPages(deps);
  const record = recordPages(deps);
  const people = peoplePages(deps);
  const proposals = proposalPages(deps, record.showAgain);
  const checks = recordCheckPages(deps, record.showAgain);
  const edit = can('registry.edit');
  const at = '/institutions/:id';
  return [
    get('/institutions', can('office.read'), pages.list),
    get('/institutions/new', edit, pages.showNew),
    post('/institutions', edit, pages.add),
    ...importRoutes(deps),
    ...exportRoutes(deps),
    get(at, can('office.read'), record.record),
    get(`${at}/edit`, edit, pages.showEdit),
    post(`${at}/edit`, edit, pages.change),
    post(`${at}/archive`, edit, record.archive),
    post(`${at}/restoration`, edit, record.restore),
    post(`${at}/pendamping`, edit, record.pendamping),
    get(`${at}/representatives/new`, edit, people.showRepresentative),
    post(`${at}/representatives`, edit, people.saveRepresentative),
    get(`${at}/representatives/:person`, edit, people.showRepresentative),
    post(`${at}/representatives/:person`, edit, people.saveRepresentative),
    post(`${at}/representatives/:person/end`, edit, people.endRepresentative),
    get(`${at}/accreditations/new`, edit, people.showAccreditation),
    post(`${at}/accreditations`, edit, people.saveAccreditation),
    get(`${at}/accreditations/:accreditation`, edit, people.showAccreditation),
    post(`${at}/accreditations/:accreditation`, edit, people.saveAccreditation),
    post(`${at}/accreditations/:accreditation/removal`, edit, people.removeAccreditation),
    get(`${at}/proposals/new`, edit, proposals.showNew),
    post(`${at}/proposals`, edit, proposals.propose),
    post(`${at}/handover`, edit, proposals.handover),
    post(`${at}/proposals/:proposal/decision`, edit, proposals.decide),
    post(`${at}/checks/:check/decision`, edit, checks.decide),
  ];
}
