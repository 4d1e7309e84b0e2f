/** Text of the minutes that the server has not confirmed yet: kept in this browser, by person, event and line. */
export interface Words {
  text: string;
  person: string;
  origin: string;
}

export interface KeptLine extends Words {
  clientId: string;
  kind: string;
  agendaItemId: string;
  /** Client id of the issue that a response answers. */
  parent: string;
  /** Client id of the line above. */
  after: string;
  section: string;
  /** What the writer saw when they began; 0 for a new line. */
  version: number;
  /** Sent, and not yet answered: when that is what the server has, it came from here. */
  sent: Words | null;
}

export const sameWords = (a: Words, b: Words): boolean =>
  a.text.trim() === b.text.trim() &&
  a.person.trim() === b.person.trim() &&
  a.origin.trim() === b.origin.trim();

export class Keeper {
  private readonly prefix: string;
  /** False where the browser refuses: private windows, a full disk. */
  works = true;

  constructor(user: string, event: string) {
    this.prefix = `rembuk.minutes.${user}.${event}.`;
  }

  put(line: KeptLine): void {
    try {
      localStorage.setItem(this.prefix + line.clientId, JSON.stringify(line));
      this.works = true;
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      this.works = false;
    }
  }

  drop(clientId: string): void {
    localStorage.removeItem(this.prefix + clientId);
  }

  all(): KeptLine[] {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(this.prefix))
      .map((key) => JSON.parse(localStorage.getItem(key) ?? '') as KeptLine);
  }
}
