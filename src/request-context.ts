import { AsyncLocalStorage } from 'node:async_hooks';

const storage = new AsyncLocalStorage<string>();

/** Runs what follows under the id of a request, so that audit and log can name it without passing it on. */
export const withRequestId = <T>(id: string, work: () => T): T => storage.run(id, work);

export const currentRequestId = (): string | undefined => storage.getStore();
