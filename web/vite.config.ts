import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** What pdf.js asks for by name while it draws: tables of characters, fonts that a document did not embed, decoders of scans. */
function pdfFiles(): Plugin {
  const about = createRequire(import.meta.url).resolve('pdfjs-dist/package.json');
  const { version } = JSON.parse(readFileSync(about, 'utf8')) as { readonly version: string };
  return {
    name: 'pdf-files',
    generateBundle() {
      for (const folder of ['cmaps', 'standard_fonts', 'wasm', 'iccs'])
        for (const name of readdirSync(join(dirname(about), folder)))
          this.emitFile({
            type: 'asset',
            fileName: `assets/pdfjs-${version}/${folder}/${name}`,
            source: readFileSync(join(dirname(about), folder, name)),
          });
    },
  };
}

// Two builds of the same sources: the application for browsers, and (`--ssr`) the entry with which the API draws public pages.
export default defineConfig(({ isSsrBuild = false }) => ({
  root: import.meta.dirname,
  publicDir: false,
  plugins: isSsrBuild ? [react()] : [react(), pdfFiles()],
  logLevel: 'warn',
  css: { modules: { generateScopedName: '[name]_[local]_[hash:base64:5]' } },
  ssr: { noExternal: ['@noble/curves', '@noble/hashes', '@scure/base', 'canonicalize', 'fflate'] },
  build: {
    target: 'es2022',
    // Those know `light-dark()`: written for older ones, a part of a page could not have a scheme of its own.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    emptyOutDir: true,
    // Nothing inline: the policy of the pages forbids it.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: !isSsrBuild,
    cssCodeSplit: false,
    rolldownOptions: isSsrBuild
      ? {
          input: {
            render: `${import.meta.dirname}/render.tsx`,
            // Given away to run anywhere: nothing outside the file but Node's own.
            'verify-proof': `${import.meta.dirname}/../scripts/verify-proof.ts`,
          },
          output: { entryFileNames: '[name].js' },
        }
      : {
          input: Object.fromEntries(
            ['main', 'check', 'dry-run'].map((name) => [name, `${import.meta.dirname}/${name}.tsx`]),
          ),
        },
  },
}));
