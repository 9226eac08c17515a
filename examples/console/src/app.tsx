import { lazy, Suspense } from 'react';
import { Route, Switch } from 'wouter';
import styles from './app.module.css';
import { Header } from './components/header.tsx';
import { Loading } from './components/loading.tsx';
import { useSession } from './gateway/session.tsx';
import { useI18n } from './i18n/i18n.tsx';
import { LoginPage } from './login/login-page.tsx';
import { NewTokenDialog } from './login/new-token-dialog.tsx';
import { WavesPage } from './waves/waves-page.tsx';

const WavePage = lazy(() => import('./wave/wave-page.tsx'));

export function App() {
  const { hasToken, isExpired } = useSession();
  const { messages } = useI18n();
  return (
    <>
      {/* Not a link: the hash is the route. */}
      <button type="button" className={styles['skip']} onClick={() => document.getElementById('content')?.focus()}>
        {messages.skipToContent}
      </button>
      <Header />
      <main className={styles['main']} id="content" tabIndex={-1}>
        {hasToken ? (
          <Suspense fallback={<Loading />}>
            <Switch>
              <Route path="/waves/:id">{({ id }) => <WavePage key={id} id={id} />}</Route>
              <Route>
                <WavesPage />
              </Route>
            </Switch>
          </Suspense>
        ) : (
          <LoginPage />
        )}
      </main>
      {hasToken && <NewTokenDialog isOpen={isExpired} />}
    </>
  );
}
