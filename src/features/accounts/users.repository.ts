import { QueryFailedError } from 'typeorm';

/** Whether the database refused a second person with this address. */
export const isAddressTaken = (error: unknown): boolean =>
  error instanceof QueryFailedError &&
  (error.driverError as { constraint?: string }).constraint === 'app_user_email';
