import type { SmsClient } from '../../sms/client.ts';
import { path } from '../../sms/http/path.ts';
import type { Wire } from '../../sms/wire.ts';
import { isSmsFailure, successOrError } from '../errors.ts';
import type { Resolvers, SmsApiVersion } from '../generated/graphql.ts';

export const resolvers: Resolvers = {
  Query: {
    privacyAgreement: (_, _arguments, { sms }) => sms.get('/v3/privacy-agreements'),
    apiVersions: (_, _arguments, { sms }) => versions(sms),
    apiVersion: (_, { version }, { sms }) => versionNamed(version, sms),
  },
  Mutation: {
    acceptPrivacyAgreement: (_, _arguments, { sms }) =>
      successOrError('AcceptPrivacyAgreementSuccess', sms.post('/v3/privacy-agreements'), () => ({
        privacy_agreement: { flag: true },
      })),
  },
};

async function versions(sms: SmsClient): Promise<Wire<SmsApiVersion>[]> {
  return (await sms.list<Wire<SmsApiVersion>>('/', 'versions')).items;
}

/** It is the API gateway that does not find an unknown version, so only SMS's own list tells whether it is one. */
async function versionNamed(version: string, sms: SmsClient): Promise<Wire<SmsApiVersion> | null> {
  try {
    return await sms.get<Wire<SmsApiVersion>>(path`/${version}`);
  } catch (error) {
    if (!isSmsFailure(error) || error.facts.httpStatus !== 404) throw error;
    if ((await versions(sms)).some((known) => (known as { id?: unknown }).id === version)) throw error;
    return null;
  }
}
