import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react';
import { en, type Messages } from './en.ts';
import { type Formats, formatsOf } from './formats.ts';

import { zh } from './zh.ts';

const LANGUAGES = {
  en: { name: 'English', locale: 'en', headerLanguage: 'en-us', messages: en },
  zh: { name: '中文', locale: 'zh-CN', headerLanguage: 'zh-cn', messages: zh },
} as const satisfies Record<string, { name: string; locale: string; headerLanguage: string; messages: Messages }>;

export type LanguageCode = keyof typeof LANGUAGES;

interface I18n {
  language: LanguageCode;
  /** What is sent to the gateway as X-Language. */
  headerLanguage: string;
  messages: Messages;
  formats: Formats;
  setLanguage(language: LanguageCode): void;
}

const I18nContext = createContext<I18n | null>(null);
const STORAGE_KEY = 'console-language';

export const LANGUAGE_OPTIONS = Object.entries(LANGUAGES).map(([value, { name }]) => ({ value, label: name }));

export function useI18n(): I18n {
  const i18n = use(I18nContext);
  if (!i18n) throw new Error('There is no language.');
  return i18n;
}

export function I18nProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState<LanguageCode>(firstLanguage);
  useEffect(() => {
    document.documentElement.lang = LANGUAGES[language].locale;
    document.title = LANGUAGES[language].messages.title;
    localStorage.setItem(STORAGE_KEY, language);
  }, [language]);
  const value = useMemo(() => {
    const { messages, headerLanguage, locale } = LANGUAGES[language];
    return { language, headerLanguage, messages, formats: formatsOf(locale), setLanguage };
  }, [language]);
  return <I18nContext value={value}>{children}</I18nContext>;
}

/** The one chosen before, else the browser's. */
function firstLanguage(): LanguageCode {
  const stored = localStorage.getItem(STORAGE_KEY);
  if (stored === 'en' || stored === 'zh') return stored;
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}
