import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What an office has set about its letters; one that has set nothing has no row. */
@Entity('letter_settings')
export class LetterSettingsRow {
  @PrimaryColumn({ type: 'integer' })
  officeId: number;

  /** Read with `readLetterSettings`; kept as one document, since it is only ever read whole. */
  @Column({ type: 'jsonb' })
  settings: Record<string, unknown>;

  /** Raised by each change, so that two people do not overwrite each other. */
  @Column({ type: 'integer', default: 1 })
  version: number;
}
