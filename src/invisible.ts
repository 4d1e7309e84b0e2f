/**
 * Without the marks that show nothing, but come along when a number or a name is copied from WhatsApp or a list
 * of contacts, and those that turn around whatever stands after them.
 */
export const withoutMarks = (text: string): string =>
  text.replace(/[\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g, '');

/** Control characters (line break and tabulator are none here): they cannot be typed, and break documents. */
// eslint-disable-next-line no-control-regex -- that is what it is about
const controls = /[\u0000-\u0008\u000b-\u001f\u007f\ufffe\uffff]/;

export const hasControls = (text: string): boolean => controls.test(text);

export const withoutControls = (text: string): string => text.replace(new RegExp(controls, 'g'), '');
