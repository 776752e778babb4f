// Every screen a person meets: a whole triage with its request, danger, things that go wrong, the pages around and on paper.
// What is looked at on each (axe, a picture) is left to the caller.
import type { Browser, Page } from 'playwright-core';
import { openChat, openWidget } from './browser-talk.ts';
import { openDesk } from './operator.ts';
import type { Road } from './road.ts';
import { PERSON, STORY, walk } from './walk.ts';
import type { Shown, Talker } from './walk.ts';

/** Called on each screen, with a name that is the same in every language. */
export type Look = (name: string, page: Page) => Promise<void>;

/** The same bill in each language that the screens are shown in. */
export const STORIES = {
  it: { bill: STORY, danger: 'mio marito mi ha messo le mani addosso ieri', vague: 'mia figlia è cambiata' },
  ar: {
    bill: 'وصلتني فاتورة كهرباء بمبلغ 480 يورو ولا أستطيع دفعها. أسكن في Porcari.',
    danger: 'زوجي ضربني أمس',
    vague: 'ابنتي تغيرت',
  },
};
export type ScreenLanguage = keyof typeof STORIES;

const NAMES: [id: RegExp, name: string][] = [
  [/^economic\.cutoff/, 'question'],
  [/^access\.followed/, 'second-question'],
  [/^result\.request/, 'card'],
  [/^request\.consent/, 'consent'],
  [/^request\.when/, 'when'],
  [/^request\.safe/, 'safe-contact'],
  [/^request\.note/, 'note'],
  [/^request\.summary\.send/, 'summary'],
];

function nameOf(bubbles: readonly Shown[]): string {
  if (bubbles.some((bubble) => bubble.case !== null)) return 'sent';
  const ids = bubbles.flatMap(({ choices }) => choices.map(({ id }) => id));
  return NAMES.find(([pattern]) => ids.some((id) => pattern.test(id)))?.[1] ?? 'own-data';
}

/** Looks after every answer of the bot. */
function lookingTalker(talker: Talker, page: Page, look: Look): Talker {
  const looking = async (bubbles: Shown[]): Promise<Shown[]> => {
    await look(nameOf(bubbles), page);
    return bubbles;
  };
  return {
    say: async (text) => looking(await talker.say(text)),
    choose: async (id, label) => looking(await talker.choose(id, label)),
  };
}

const chatOf = (road: Road, language: ScreenLanguage): string => `${road.url}/chat/porcari?lang=${language}`;

/** From the greeting to a code, and what its desk answers in another browser. */
export async function showRequest(
  browser: Browser,
  page: Page,
  road: Road,
  language: ScreenLanguage,
  look: Look,
): Promise<void> {
  const talk = await openChat(page, chatOf(road, language));
  await look('greeting', page);
  const { code } = await walk(lookingTalker(talk, page, look), { ...PERSON, story: STORIES[language].bill });
  const mail = await road.mail(new RegExp(`${code} richiesta`));
  const desk = await openDesk(browser, mail, 'Anna');
  try {
    await look('operator-case', desk.page);
    const before = await page.locator('#list > li.bot').count();
    await desk.take();
    await desk.propose();
    await page
      .locator('#list > li.bot')
      .nth(before + 1)
      .waitFor();
    await page.locator('#scroller').evaluate((view) => view.scrollTo(0, view.scrollHeight));
    await look('desk-answer', page);
    await look('operator-taken', desk.page);
  } finally {
    await desk.page.context().close();
  }
}

/** A vague word, its likely needs; then danger. */
export async function showDanger(page: Page, road: Road, language: ScreenLanguage, look: Look): Promise<void> {
  const talk = await openChat(page, chatOf(road, language));
  await talk.say(STORIES[language].vague);
  await look('likely-needs', page);
  await talk.say(STORIES[language].danger);
  await look('danger', page);
}

/** A file, a lost network, and what the head of the chat opens. */
export async function showTrouble(page: Page, road: Road, language: ScreenLanguage, look: Look): Promise<void> {
  const talk = await openChat(page, chatOf(road, language));
  await sendFile(page);
  await look('unsupported', page);
  for (const menu of await page.locator('header details.menu > summary').all()) {
    await menu.click();
    await look(`menu-${await menu.locator('..').getAttribute('id')}`, page);
    for (const inner of await page.locator('header details[open] details > summary').all()) {
      await inner.click();
      await look(`confirm-${await inner.locator('..').getAttribute('id')}`, page);
    }
    // Not with Esc: three of them mean something else.
    await menu.click();
  }
  await page.locator('#options > summary').click();
  await page.locator('#big').click();
  await page.locator('#options > summary').click();
  await look('big', page);
  await page.context().setOffline(true);
  await page.locator('#box').fill('…');
  await page.locator('#box').press('Enter');
  await page.locator('#status[data-status="offline"]').waitFor();
  await look('offline', page);
  await page.context().setOffline(false);
  await page.locator('#status[data-status="online"]').waitFor();
  await talk.say(STORIES[language].bill);
}

/** A picture of something, as another client of the same talk would send it: the page itself has no way to. */
async function sendFile(page: Page): Promise<void> {
  const shown = await page.locator('#list > li.bot').count();
  await page.evaluate(async () => {
    const kept = Object.entries(sessionStorage).find(([, value]) => value.includes('conversationId'));
    const { conversationId, token }: { conversationId: string; token: string } = JSON.parse(kept?.[1] ?? '{}');
    await fetch(`/v3/directline/conversations/${encodeURIComponent(conversationId)}/activities`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
      body: JSON.stringify({
        type: 'message',
        from: { id: 'user' },
        text: '',
        attachments: [{ contentType: 'image/png', contentUrl: 'https://example.org/one.png' }],
      }),
    });
  });
  await page.locator('#list > li.bot').nth(shown).waitFor();
}

/** The pages that are no chat; the sheet and the plain talk come from a talk of their own. */
export async function showPages(page: Page, road: Road, language: ScreenLanguage, look: Look): Promise<void> {
  const lang = `lang=${language}`;
  await openWidget(page, `${road.url}/?comune=porcari&${lang}`);
  await look('demo-open', page);
  for (const [name, path] of [
    ['demo', `/?comune=porcari&${lang}`],
    ['plain-choose', `/testo?${lang}`],
    ['not-found', `/chat/altrove?${lang}`],
    ['code', `/carta?${lang}`],
    ['poster', `/manifesto/porcari?${lang}`],
  ] as const) {
    await page.goto(road.url + path);
    await look(name, page);
  }
  await page.goto(`${road.url}/carta/AAAAA-AAAAA?${lang}`);
  await look('code-gone', page);
  await showPlain(page, road, language, look);
  await showSheet(page, road, language, look);
}

async function showPlain(page: Page, road: Road, language: ScreenLanguage, look: Look): Promise<void> {
  const send = page.locator('button[name="do"][value="say"]');
  await page.goto(`${road.url}/testo/porcari?lang=${language}`);
  await look('plain', page);
  await page.locator('#box').fill(STORIES[language].bill);
  await send.click();
  await look('plain-question', page);
  for (const choice of ['economic.cutoff.no', 'access.followed.first'])
    await page.locator(`button[value="${choice}"]`).click();
  await look('plain-card', page);
  await page.locator('#box').fill(STORIES[language].danger);
  await send.click();
  await look('plain-danger', page);
}

async function showSheet(page: Page, road: Road, language: ScreenLanguage, look: Look): Promise<void> {
  const talk = await openChat(page, chatOf(road, language));
  let bubbles = await talk.say(STORIES[language].bill);
  for (const wanted of ['economic.cutoff.no', 'access.followed.first', 'result.sheet']) {
    const choice = bubbles.flatMap(({ choices }) => choices).find(({ id }) => id === wanted);
    if (!choice) throw new Error(`${wanted} was not offered`);
    bubbles = await talk.choose(choice.id, choice.label);
  }
  await look('sheet-offered', page);
  const link = await page.locator('#list a[href*="/carta/"]').last().getAttribute('href');
  const { pathname } = new URL(link ?? '', road.url);
  await page.goto(road.url + pathname);
  await look('sheet', page);
  await page.goto(`${road.url}${pathname}/foglietto`);
  await look('leaflet', page);
}

/** Every screen, in the order a person would meet them. */
export async function showAll(
  browser: Browser,
  page: Page,
  road: Road,
  language: ScreenLanguage,
  look: Look,
): Promise<void> {
  await showRequest(browser, page, road, language, look);
  await showFresh(page, () => showDanger(page, road, language, look));
  await showFresh(page, () => showTrouble(page, road, language, look));
  await showFresh(page, () => showPages(page, road, language, look));
}

/** A tab that remembers no talk. */
async function showFresh(page: Page, show: () => Promise<void>): Promise<void> {
  await page.evaluate(() => sessionStorage.clear());
  await show();
}
