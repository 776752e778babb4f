// The little of natural that the bench uses; its own types need compiler settings that are not ours (see tsconfig paths).
// What it does is its own.
interface Classifier {
  addDocument(words: string[], label: string): void;
  train(): void;
  classify(words: string[]): string;
}

declare const natural: { BayesClassifier: { new (): Classifier; restore(stored: object): Classifier } };
export default natural;
