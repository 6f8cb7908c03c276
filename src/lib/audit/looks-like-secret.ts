/** A SAS opens with its signature. Inside another URL `=` is `%3D`, or `%253D`. */
const SIGNATURE = /sig(?:=|%(?:25)*3d)[^\s&]/i;
const BEARER = /bearer\s+[\w.~+/=-]{16}/i;
/** Header and claims of a JWT are base64url of `{"…`. */
const JWT = /eyJ[\w-]{8,}\.eyJ[\w-]{8}/;
/** 64 bytes in base64. */
const STORAGE_KEY = /[\w+/]{86}==/;

/**
 * Whether a text holds what opens something: a SAS, a token or a key. The last of several defences: what writes a text
 * has to know that there is none in it.
 */
export const looksLikeSecret = (text: string): boolean =>
  [SIGNATURE, BEARER, JWT, STORAGE_KEY].some((pattern) => pattern.test(text));
