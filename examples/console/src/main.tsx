import '@mantine/core/styles.css';
import '@mantine/charts/styles.css';
import './theme.css';
import { createTheme, MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Router } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { App } from './app.tsx';
import { ErrorBoundary } from './components/error-boundary.tsx';
import { SessionProvider } from './gateway/session.tsx';
import { I18nProvider } from './i18n/i18n.tsx';

const gatewayUrl = document.querySelector<HTMLMetaElement>('meta[name="gateway"]')?.content ?? '/graphql';
const theme = createTheme({ respectReducedMotion: true, cursorType: 'pointer' });
const root = document.getElementById('root');

if (root)
  createRoot(root).render(
    <StrictMode>
      {/* The content security policy allows no style element, so all styles are in files. */}
      <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
        <I18nProvider>
          <ErrorBoundary>
            <SessionProvider url={new URL(gatewayUrl, location.href).href}>
              <Router hook={useHashLocation}>
                <App />
              </Router>
            </SessionProvider>
          </ErrorBoundary>
        </I18nProvider>
      </MantineProvider>
    </StrictMode>,
  );
