/** A mark on its way to the server. */
export interface QueuedMark {
  clientId: string;
  action: string;
  /** By this device's clock; the server subtracts, so that a wrong clock does no harm. */
  deviceAt: number;
  fields: Record<string, string>;
}

/** A list that outlives the page. What the browser refuses to keep (full, blocked) is held while the page is open. */
export class KeptList<T extends { clientId: string }> {
  private held: T[] = [];

  constructor(private readonly name: string) {}

  private stored(): T[] {
    try {
      return JSON.parse(localStorage.getItem(this.name) ?? '[]') as T[];
    } catch {
      // Blocked, or nothing of ours: somebody else has written under this name.
      return [];
    }
  }

  private store(items: T[]): boolean {
    try {
      if (items.length > 0) localStorage.setItem(this.name, JSON.stringify(items));
      else localStorage.removeItem(this.name);
      return true;
    } catch {
      return false;
    }
  }

  all(): T[] {
    return [...this.stored(), ...this.held];
  }

  /** Whether one of them would be lost with the page. */
  get isAtRisk(): boolean {
    return this.held.length > 0;
  }

  /** @returns whether it outlives the page */
  add(item: T): boolean {
    this.drop(item.clientId);
    const isKept = this.store([...this.stored(), item]);
    if (!isKept) this.held.push(item);
    return isKept;
  }

  drop(id: string): void {
    this.held = this.held.filter(({ clientId }) => clientId !== id);
    const stored = this.stored();
    const others = stored.filter(({ clientId }) => clientId !== id);
    if (others.length < stored.length) this.store(others);
  }
}
