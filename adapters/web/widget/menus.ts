// What opens under the head of the chat: one at a time, shut by Esc or by a press elsewhere. They open without script.
// What is in them is left to the page and to chat.ts.

const menus = (): HTMLDetailsElement[] => [...document.querySelectorAll<HTMLDetailsElement>('details.menu')];

export function tendMenus(): void {
  for (const menu of menus())
    menu.addEventListener('toggle', () => {
      if (!menu.open) return;
      for (const other of menus()) if (other !== menu) other.open = false;
    });
  addEventListener('pointerdown', ({ target }) => {
    for (const menu of menus()) if (target instanceof Node && !menu.contains(target)) menu.open = false;
  });
}

/** Shuts what is open, and gives the focus back to what opened it. False where nothing was. */
export function shutMenu(): boolean {
  const open = menus().find((menu) => menu.open);
  if (!open) return false;
  open.open = false;
  open.querySelector('summary')?.focus();
  return true;
}
