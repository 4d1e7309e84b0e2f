import i18next, { type TFunction } from 'i18next';

/** Languages of the screen; `pseudo` exists for the test that finds texts nobody translated. */
export const languages = ['id', 'en'] as const;
export type Language = (typeof languages)[number] | 'pseudo';

/**
 * Texts of a feature, side by side so that none is forgotten: Indonesian, English, and where English has a
 * plural of its own, that as third. `{{name}}` marks what is filled in; `count` chooses the plural.
 */
export type TextTable = Record<string, readonly [id: string, en: string, enPlural?: string]>;

export type Translate = (key: string, values?: Record<string, unknown>) => string;

function resources(texts: TextTable, language: Language): Record<string, string> {
  const rows: Record<string, string> = {};
  for (const [key, [indonesian, english, plural]] of Object.entries(texts)) {
    const text = language === 'en' ? english : indonesian;
    if (language !== 'en' || plural === undefined) rows[key] = text;
    else {
      rows[`${key}_one`] = text;
      rows[`${key}_other`] = plural;
    }
  }
  return rows;
}

/** Wraps what was translated, so that a bare text on a page shows. */
export const markPseudo = (text: string) => `⟦${text}⟧`;

/** A translator per language. A key that no table holds throws: a page with a raw key must never go out. */
export function createTranslators(texts: TextTable): Record<Language, Translate> {
  const all: Language[] = ['id', 'en', 'pseudo'];
  const instance = i18next.createInstance();
  void instance.init({
    initAsync: false,
    lng: 'id',
    fallbackLng: false,
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    resources: Object.fromEntries(
      all.map((language) => [language, { translation: resources(texts, language) }]),
    ),
  });
  const forLanguage = (language: Language): Translate => {
    const t: TFunction = instance.getFixedT(language);
    // Most texts have nothing to fill in: looked up once, since a page shows dozens of them.
    const plain = new Map<string, string>();
    const translate: Translate = (key, values) => {
      if (!(key in texts)) throw new Error(`No text "${key}"`);
      const text = t(key, values ?? {});
      return language === 'pseudo' ? markPseudo(text) : text;
    };
    return (key, values) => {
      if (values) return translate(key, values);
      const text = plain.get(key) ?? translate(key);
      plain.set(key, text);
      return text;
    };
  };
  return { id: forLanguage('id'), en: forLanguage('en'), pseudo: forLanguage('pseudo') };
}
