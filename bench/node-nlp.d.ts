// The little of node-nlp that the bench uses; it is installed by npm run bench alone, in bench/.
// What it does is its own.
declare module 'node-nlp' {
  export interface NlpOptions {
    languages: string[];
    autoSave: boolean;
    forceNER: boolean;
    nlu: { log: boolean; useNoneFeature: boolean };
  }
  export class NlpManager {
    constructor(options: NlpOptions);
    addDocument(lang: string, text: string, intent: string): void;
    train(): Promise<void>;
    process(lang: string, text: string): Promise<{ intent: string; score: number }>;
    save(file: string): void;
    load(file: string): void;
  }
}
