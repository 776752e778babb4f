// What a conversation stands on, as the tests use it: the real words, directory and calendar, links under a test's own secret.
// Stores, mail and channels are left to each test.
import { createCalendar } from '../../adapters/directory/calendar.ts';
import { loadDirectory } from '../../adapters/directory/directory.ts';
import { ids } from '../../bot/ids.ts';
import { createLinks } from '../../bot/links.ts';
import type { Environment } from '../../bot/talk.ts';
import { loadWords } from '../../bot/words.ts';

export function testEnvironment(changes: Partial<Environment> = {}): Environment {
  const directory = changes.directory ?? loadDirectory();
  return {
    words: loadWords(),
    directory,
    calendar: createCalendar(directory),
    ids,
    links: createLinks('a secret that only these tests know, long enough', 'https://bussola.example'),
    coordinator: undefined,
    freshness: () => undefined,
    ...changes,
  };
}
