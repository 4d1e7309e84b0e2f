import type { Words } from './minutes-keep.js';

/** What the server says of a line that somebody else has written. */
export interface Theirs extends Words {
  version: number;
  author: string;
  time: string;
  removed: boolean;
}

export type ListedLine = Theirs & {
  id: number;
  clientId: string;
  kind: string;
  agendaItemId: number | null;
  parent: string | null;
};

/** The lines as they now stand, and in words what is missing before they can be submitted. */
interface Listed {
  lines: ListedLine[];
  missing: string[];
}

export type Answer =
  | { kind: 'saved'; id: number; version: number; time: string }
  | { kind: 'conflict'; theirs: Theirs }
  | { kind: 'issue_removed'; issue: Theirs }
  | { kind: 'refused'; message: string }
  | { kind: 'away'; why: Trouble };

/** Why nothing can be saved just now. */
export type Trouble = 'offline' | 'signed_out' | 'other_user';

type Failure = { error?: string; conflict?: Theirs; issue?: Theirs };

/** Talks with the server for one person and one event; renews the token of forms after a new sign-in. */
export class Sender {
  constructor(
    private readonly address: string,
    private readonly user: string,
    private token: string,
  ) {}

  /** Every form of the page carries the token, too. */
  private take(token: string): void {
    this.token = token;
    for (const field of document.querySelectorAll<HTMLInputElement>('main input[name=_csrf]'))
      field.value = token;
  }

  /** Undefined when the network is down or the server is away: it will be tried again. */
  private async request(path: string, body?: URLSearchParams): Promise<Response | undefined> {
    const headers = {
      Accept: 'application/json',
      // Asking is nobody's activity: it neither keeps the session alive nor is what a sign-in leads back to.
      ...(body ? {} : { 'x-background': 'refresh' }),
    };
    const post = body && { method: 'POST', body };
    try {
      const response = await fetch(this.address + path, { headers, redirect: 'manual', ...post });
      return response.status >= 500 ? undefined : response;
    } catch (error) {
      if (error instanceof TypeError) return undefined;
      throw error;
    }
  }

  /** Whose session this browser has by now. @returns what stands in the way, or nothing */
  private async renew(): Promise<Trouble | undefined> {
    const response = await this.request('/token');
    if (!response) return 'offline';
    if (response.status === 401) return 'signed_out';
    if (!response.ok) return 'other_user';
    const { user, token } = (await response.json()) as { user: number; token: string };
    if (String(user) !== this.user) return 'other_user';
    this.take(token);
    return undefined;
  }

  async save(fields: Record<string, string>): Promise<Answer> {
    const response = await this.postTwice('/blocks', fields);
    if (typeof response === 'string') return { kind: 'away', why: response };
    if (response.ok)
      return { kind: 'saved', ...((await response.json()) as { id: number; version: number; time: string }) };
    const { error = '', conflict, issue } = (await response.json()) as Failure;
    if (issue) return { kind: 'issue_removed', issue };
    return conflict ? { kind: 'conflict', theirs: conflict } : { kind: 'refused', message: error };
  }

  /** @returns whether it is done */
  async changeKind(id: string, kind: string, version: number): Promise<boolean> {
    const response = await this.postTwice(`/blocks/${id}/kind`, { kind, version: String(version) });
    return typeof response !== 'string' && response.ok;
  }

  async list(): Promise<Listed | undefined> {
    const response = await this.request('/blocks');
    return response?.ok ? ((await response.json()) as Listed) : undefined;
  }

  /** Sends a form; once more when the session is a new one of the same person. */
  private async postTwice(path: string, fields: Record<string, string>): Promise<Response | Trouble> {
    const body = () => new URLSearchParams({ ...fields, _csrf: this.token });
    const first = await this.request(path, body());
    if (!first) return 'offline';
    if (first.type !== 'opaqueredirect' && first.status !== 403) return first;
    const trouble = await this.renew();
    if (trouble) return trouble;
    return (await this.request(path, body())) ?? 'offline';
  }
}
