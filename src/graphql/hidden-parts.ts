/** Parts of SMS that are not in the schema at all unless `SMS_EXPOSE` names them. */
export const HIDDEN_PARTS = ['agent', 'secrets'] as const;
export type HiddenPart = (typeof HIDDEN_PARTS)[number];
