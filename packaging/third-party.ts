/** What the bundle contains from other packages: for scanners, which find no node_modules, and for their licenses. */
import { globSync, readFileSync } from 'node:fs';
import type { Plugin } from 'rolldown';

interface BundledPackage {
  name: string;
  version: string;
  license: string;
  licenseTexts: readonly string[];
}

/** The folder of the innermost package that a module belongs to. */
const PACKAGE_FOLDER = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/;

export function thirdParty(): Plugin {
  return {
    name: 'third-party',
    generateBundle(_, bundle) {
      const modules = Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
      const folders = new Set(modules.flatMap((id) => PACKAGE_FOLDER.exec(id.replaceAll('\\', '/')) ?? []));
      const packages = [...folders].map(packageIn).toSorted((one, other) => one.name.localeCompare(other.name));
      this.emitFile({ type: 'asset', fileName: 'THIRD_PARTY_LICENSES.txt', source: licensesOf(packages) });
      this.emitFile({ type: 'asset', fileName: 'sbom.cdx.json', source: billOfMaterials(packages) });
    },
  };
}

function packageIn(folder: string): BundledPackage {
  const { name, version, license = 'UNKNOWN' } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  const files = globSync('{LICENSE,LICENCE,NOTICE}*', { cwd: folder });
  return {
    name,
    version,
    license,
    licenseTexts: files.map((file) => readFileSync(`${folder}/${file}`, 'utf8').trim()),
  };
}

function licensesOf(packages: readonly BundledPackage[]): string {
  return packages
    .map(({ name, version, license, licenseTexts }) => [`${name} ${version}: ${license}`, ...licenseTexts].join('\n\n'))
    .join(`\n\n${'-'.repeat(80)}\n\n`);
}

/** In the format CycloneDX. `npm sbom` omits packages that are also needed for development. */
function billOfMaterials(packages: readonly BundledPackage[]): string {
  const components = packages.map(({ name, version, license }) => ({
    type: 'library',
    name,
    version,
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
    licenses: [{ license: { id: license } }],
  }));
  return `${JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', version: 1, components }, null, 2)}\n`;
}
