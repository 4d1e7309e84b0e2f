import type { DataSource } from 'typeorm';
import type { Tx } from '../../database/data-source.js';
import { MailSettings } from './mail-settings.entity.js';

/** The mail server of the installation, or null while none is set. */
export const findMailSettings = (db: DataSource): Promise<MailSettings | null> =>
  db.getRepository(MailSettings).findOneBy({ single: true });

/** The same, kept from changing until the transaction ends. */
export const lockMailSettings = (tx: Tx): Promise<MailSettings | null> =>
  tx.findOne(MailSettings, { where: { single: true }, lock: { mode: 'pessimistic_write' } });
