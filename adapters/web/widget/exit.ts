// Where "leave now" takes the browser: a page that says nothing about this one.
// What is cleared before leaving is left to the loader and the chat.

/** A weather search: ordinary, quick to load, refused by nobody's filter. */
export const EXIT_URL = 'https://www.google.com/search?q=meteo';
