/** What came back after a form was sent. */
export interface Reply {
  status: number;
  /** `?done=…` of the address it leads to; empty when the same page came back. */
  done: string;
  page: string;
}

interface Form {
  action: string;
  fields: Record<string, string>;
}

const fieldPattern = /<input type="hidden" name="([^"]+)" value="([^"]*)">/g;

/** The form with this button, or with this address, and what it carries hidden. */
function findForm(page: string, wanted: { answer: string } | { action: string }): Form {
  for (const [, action = '', inside = ''] of page.matchAll(/<form[^>]* action="([^"]+)">(.*?)<\/form>/gs)) {
    const fits =
      'answer' in wanted
        ? inside.includes(`name="answer" value="${wanted.answer}"`)
        : action.endsWith(wanted.action);
    if (!fits) continue;
    const fields = Object.fromEntries(
      [...inside.matchAll(fieldPattern)].map(([, name, value]) => [name, value]),
    );
    return { action, fields: fields as Record<string, string> };
  }
  throw new Error(`no form for ${JSON.stringify(wanted)} on the page`);
}

/** A phone without script: looks at its answer page, and sends the forms that it finds there. */
export class Phone {
  private page = '';

  constructor(
    private readonly url: string,
    private readonly path: string,
  ) {}

  async look(): Promise<this> {
    const response = await fetch(this.url + this.path);
    this.page = await response.text();
    if (response.status !== 200) throw new Error(`the page answered with ${response.status}`);
    return this;
  }

  answer(answer: string, more: Record<string, string> = {}): Promise<Reply> {
    const { action, fields } = findForm(this.page, { answer });
    return this.send(action, { ...fields, answer, ...more });
  }

  /** Accepts; where fewer seats are free than wanted, chooses on the page that comes back, as its form says. */
  async accept(seats: number, choice: 'take_rest' | 'wait_for_all'): Promise<Reply> {
    const reply = await this.answer('accept', { seats: String(seats) });
    const short = new RegExp(`name="shortage" value="${choice}"`).exec(reply.page);
    if (reply.status !== 409 || !short) return reply;
    const form = reply.page.slice(reply.page.lastIndexOf('<form', short.index));
    const { action, fields } = findForm(form, { answer: 'accept' });
    return this.send(action, { ...fields, answer: 'accept' });
  }

  replace(delegateId: number, person: Record<string, string>): Promise<Reply> {
    const { action, fields } = findForm(this.page, { action: `/delegates/${delegateId}` });
    return this.send(action, { ...fields, other: 'other', ...person });
  }

  private async send(action: string, fields: Record<string, string>): Promise<Reply> {
    const response = await fetch(this.url + action, {
      method: 'POST',
      body: new URLSearchParams(fields),
      redirect: 'manual',
      headers: { 'sec-fetch-site': 'same-origin' },
    });
    const done = /[?]done=(\w+)/.exec(response.headers.get('location') ?? '')?.[1] ?? '';
    return { status: response.status, done, page: await response.text() };
  }
}
