// The little of Lighthouse that the bench uses; it is installed by npm run bench alone, in bench/.
// What it does is its own.
declare module 'lighthouse' {
  interface Audit {
    title: string;
    score: number | null;
    scoreDisplayMode: string;
  }
  interface Category {
    score: number | null;
    auditRefs: { id: string; weight: number }[];
  }
  interface Result {
    audits: Record<string, Audit>;
    categories: Record<string, Category>;
    runtimeError?: { code: string; message: string };
  }
  export interface Flags {
    port: number;
    onlyCategories: string[];
    formFactor: 'mobile' | 'desktop';
    screenEmulation: { disabled: true };
    logLevel: 'silent';
  }
  export default function lighthouse(url: string, flags: Flags): Promise<{ lhr: Result } | undefined>;
}
