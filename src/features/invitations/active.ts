/**
 * SQL: the institution of invitation `alias` is not archived. Whoever was archived after being chosen is asked nothing
 * any more; who has been asked already stays what they are.
 */
export const isActive = (alias: string): string =>
  `EXISTS (SELECT 1 FROM institution k WHERE k.id = ${alias}.institution_id AND k.archived_at IS NULL)`;
