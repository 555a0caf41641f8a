/** Who did what with which ticket or version, and when: appended to, never changed. No word of a resident. */
export interface AuditEntry {
  readonly at: number;
  readonly name: string;
  readonly did:
    | 'signed-in'
    | 'took'
    | 'gave-back'
    | 'passed-on'
    | 'answered'
    | 'asked'
    | 'noted'
    | 'closed'
    | 'saw-birthday'
    | 'saw-media'
    | 'published'
    | 'rolled-back';
  readonly ticket: string | null;
  /** What was published. */
  readonly version?: string;
}

export interface Audit {
  append(entry: AuditEntry): Promise<void>;
  /** The latest, newest first. */
  latest(atMost: number): Promise<readonly AuditEntry[]>;
}

export function memoryAudit(): Audit {
  const entries: AuditEntry[] = [];
  return {
    async append(entry) {
      entries.push(entry);
    },
    latest: async (atMost) => entries.slice(-atMost).reverse(),
  };
}
