import type { Express } from 'express';
import request, { type Response } from 'supertest';
import { factoryPassword } from '../factories/people.js';

interface ManyFiles {
  field: string;
  files: { name: string; content: Buffer }[];
  fields: Record<string, string>;
  accept: string;
  /** The page that the form stands on. */
  from: string;
}

/** A browser without script: keeps cookies, finds the form's token on a page, sends forms. */
export class Visitor {
  private readonly agent: ReturnType<typeof request.agent>;
  /** `rembuk=…`, for programs that send requests of their own as this visitor. */
  sessionCookie = '';

  constructor(app: Express | string, { language }: { language?: 'id' | 'en' | 'pseudo' } = {}) {
    this.agent = request.agent(app);
    if (language) this.agent.jar.setCookie(`language=${language}; path=/`, '127.0.0.1', '/');
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return this.agent.get(path).set({ Accept: 'text/html', ...headers }) as unknown as Promise<Response>;
  }

  /** The bytes of an answer, whatever it says that they are. */
  async getBytes(path: string): Promise<Buffer> {
    const { body } = await this.agent
      .get(path)
      .buffer(true)
      .parse((response, done) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) =>
          chunks.push(Buffer.from(chunk as unknown as string, 'binary')),
        );
        response.on('end', () => done(null, Buffer.concat(chunks)));
      });
    return body as Buffer;
  }

  /** Sends a form from the page it stands on (`from`), whose token it carries. */
  async post(path: string, fields: Record<string, unknown> = {}, from = '/account'): Promise<Response> {
    return (await this.prepare(path, fields, from))();
  }

  /** Fills in a form; it is sent when the returned function is called. */
  async prepare(
    path: string,
    fields: Record<string, unknown> = {},
    from = '/account',
  ): Promise<() => Promise<Response>> {
    const _csrf = await this.token(from);
    return () => this.send(path, { _csrf, ...fields });
  }

  /** Sends these fields and no others. */
  async send(path: string, fields: Record<string, unknown>): Promise<Response> {
    return this.agent.post(path).set('Accept', 'text/html').type('form').send(fields);
  }

  /** The id of its session, as the table of sessions has it. */
  sessionId(): string {
    return /=s%3A([^.]+)/.exec(this.sessionCookie)?.[1] ?? '';
  }

  /** As a script of a page would ask and send. */
  async json(method: 'GET' | 'POST', path: string, fields: Record<string, unknown> = {}): Promise<Response> {
    const call = method === 'GET' ? this.agent.get(path) : this.agent.post(path).type('form').send(fields);
    return call.set('Accept', 'application/json');
  }

  /** Sends a form that is answered with a file. */
  async download(path: string, fields: Record<string, unknown> = {}, from = '/account'): Promise<Buffer> {
    const _csrf = await this.token(from);
    const reply = await this.agent
      .post(path)
      .type('form')
      .send({ _csrf, ...fields })
      .buffer(true)
      .parse((response, done) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => done(null, Buffer.concat(parts)));
      });
    return reply.body as Buffer;
  }

  /** A form as a foreign page would send it. */
  postWithoutToken(path: string): Promise<Response> {
    return this.agent
      .post(path)
      .set('Accept', 'text/html')
      .type('form')
      .send({}) as unknown as Promise<Response>;
  }

  /** A form with a file. */
  async upload(
    path: string,
    file: { field: string; content: Buffer; name: string },
    fields: Record<string, string> = {},
    from = '/account',
  ): Promise<Response> {
    const _csrf = await this.token(from);
    return this.agent
      .post(path)
      .set('Accept', 'text/html')
      .field({ _csrf, ...fields })
      .attach(file.field, file.content, file.name);
  }

  /** A form with any number of files. */
  async uploadMany(path: string, form: ManyFiles): Promise<Response> {
    const _csrf = await this.token(form.from);
    const sending = this.agent
      .post(path)
      .set('Accept', form.accept)
      .field({ _csrf, ...form.fields });
    for (const { name, content } of form.files)
      sending.attach(form.field, content, { filename: name, contentType: 'application/octet-stream' });
    return sending;
  }

  /** As a request by hand sends them. */
  cookies(): string {
    return this.agent.jar
      .getCookies({ domain: '127.0.0.1', path: '/', secure: false, script: false } as never)
      .toValueString();
  }

  async token(page: string): Promise<string> {
    const { text } = await this.get(page);
    // The form for the language carries a token of its own, which is good for nothing else.
    const own = text.replace(/<form method="post" action="\/language">.*?<\/form>/gs, '');
    return /name="_csrf" value="([^"]+)"/.exec(own)?.[1] ?? '';
  }

  async signIn(email: string, password = factoryPassword): Promise<this> {
    const response = await this.post('/session', { email, password }, '/session');
    if (response.status !== 303) throw new Error(`sign-in of ${email} failed with ${response.status}`);
    const cookies = response.get('Set-Cookie') ?? [];
    this.sessionCookie = cookies.find((one) => one.startsWith('rembuk='))?.split(';')[0] ?? '';
    return this;
  }
}
