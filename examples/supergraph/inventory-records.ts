/** What the inventory knows about the servers of the emulator's demo data. */

export interface Owner {
  id: string;
  name: string;
  email: string;
}

export interface Wave {
  id: string;
  name: string;
  cutoverAt: string;
}

interface Assignment {
  owner: Owner;
  wave: Wave;
}

const shop: Owner = { id: 'shop', name: 'Online shop', email: 'shop@example.com' };
const finance: Owner = { id: 'finance', name: 'Finance', email: 'finance@example.com' };
const workplace: Owner = { id: 'workplace', name: 'Workplace services', email: 'workplace@example.com' };

const first: Wave = { id: 'wave-1', name: 'Front ends', cutoverAt: '2026-12-05T20:00:00Z' };
const second: Wave = { id: 'wave-2', name: 'Back ends', cutoverAt: '2026-12-12T20:00:00Z' };

export const owners = new Map([shop, finance, workplace].map((owner) => [owner.id, owner]));
export const waves = new Map([first, second].map((wave) => [wave.id, wave]));

/** By the id of the source server. */
export const assignments = new Map<string, Assignment>([
  ['5b0c6f0e-3c1d-4e53-9a57-2f8e6c1d0a01', { owner: shop, wave: first }],
  ['63f0b9c4-2d8e-4a17-9c5b-e1a7d4f8b302', { owner: shop, wave: first }],
  ['d4f6a1b8-3e9c-4c07-95d2-7a0b8e1f6605', { owner: shop, wave: second }],
  ['a84d2b17-90fe-4c0a-8b7e-51c7d9e4f302', { owner: finance, wave: second }],
  ['18c5e7d2-0b9a-4f36-a7c1-6d2e4f8b930b', { owner: finance, wave: second }],
  ['9e5a1c7d-4f3b-4d28-8a6e-0c2f7b9d1403', { owner: workplace, wave: first }],
  ['c7b3e8f1-6a2d-4950-b4e7-1f8d0a5c2504', { owner: workplace, wave: second }],
  ['27e8c0d5-9b4f-4f61-8d3a-c6e1f9a7b706', { owner: workplace, wave: second }],
]);
