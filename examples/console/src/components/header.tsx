import { ArrowRightStartOnRectangleIcon, MoonIcon, SunIcon } from '@heroicons/react/24/outline';
import { ActionIcon, NativeSelect, Tooltip, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { Link } from 'wouter';
import { useSession } from '../gateway/session.tsx';
import { LANGUAGE_OPTIONS, type LanguageCode, useI18n } from '../i18n/i18n.tsx';
import styles from './header.module.css';

export function Header() {
  const { messages, language, setLanguage } = useI18n();
  const { hasToken, isDemo, logOut } = useSession();
  // Its transition would need a style element.
  const { setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const isDark = useComputedColorScheme('light') === 'dark';
  return (
    <header className={styles['header']}>
      <div className={styles['inner']}>
        <Link href="/" className={styles['brand']}>
          <img src={`${import.meta.env.BASE_URL}icon.svg`} alt="" width={28} height={28} />
          <span>{messages.title}</span>
        </Link>
        {isDemo && (
          <Tooltip label={messages.demoDataHint} multiline maw={280} events={{ hover: true, focus: true, touch: true }}>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must reach its hint */}
            <span className={styles['demo']} tabIndex={0}>
              {messages.demoData}
            </span>
          </Tooltip>
        )}
        <div className={styles['tools']}>
          <NativeSelect
            size="xs"
            aria-label={messages.language}
            data={LANGUAGE_OPTIONS}
            value={language}
            onChange={({ currentTarget }) => setLanguage(currentTarget.value as LanguageCode)}
          />
          <ActionIcon
            variant="default"
            size={30}
            aria-label={isDark ? messages.lightMode : messages.darkMode}
            title={isDark ? messages.lightMode : messages.darkMode}
            onClick={() => setColorScheme(isDark ? 'light' : 'dark')}
          >
            {isDark ? <SunIcon width={18} /> : <MoonIcon width={18} />}
          </ActionIcon>
          {hasToken && (
            <ActionIcon
              variant="default"
              size={30}
              aria-label={messages.logOut}
              title={messages.logOut}
              onClick={logOut}
            >
              <ArrowRightStartOnRectangleIcon width={18} />
            </ActionIcon>
          )}
        </div>
      </div>
    </header>
  );
}
