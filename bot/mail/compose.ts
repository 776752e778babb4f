// The mails of a case, in one place for whoever runs a turn: request, the person's copy, withdrawal.
// How each is worded is left to the files beside this one and to locales/<language>/mail.json.
export { requestMail } from './request.ts';
export { copyMail, withdrawalMail } from './copy.ts';
