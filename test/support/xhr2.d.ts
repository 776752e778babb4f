// xhr2 brings no types; DirectLineJS only needs it to be there as XMLHttpRequest.
// Its behaviour is left to the package.
declare module 'xhr2' {
  const XMLHttpRequest: unknown;
  export default XMLHttpRequest;
}
