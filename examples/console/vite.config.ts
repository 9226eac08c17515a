import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  base: '/console/',
  plugins: [react()],
  build: {
    outDir: '../../dist/console',
    emptyOutDir: true,
    // The content security policy allows no data: URLs.
    assetsInlineLimit: 0,
    license: { fileName: 'third-party-licenses.md' },
    modulePreload: { polyfill: false },
  },
  // In development, the page comes from Vite and data from a gateway on its usual port.
  server: { proxy: { '/graphql': 'http://127.0.0.1:4000' } },
});
